import type { CiFiles } from "./command-line.ts";
import type { Findings } from "./findings.ts";

/** What later steps of a job may ask for; an empty text is not known, or not there. */
export type Outputs = {
  readonly "exit-code": string;
  readonly changes: string;
  readonly drift: string;
  readonly digest: string;
  readonly agents: string;
  readonly plan: string;
  readonly report: string;
  readonly markdown: string;
};

/** The outputs of a run. `exists` says which files it left. */
export function outputsOf(
  code: number,
  { changes, drift, digest, agents }: Findings,
  files: CiFiles,
  exists: (file: string) => boolean,
): Outputs {
  const file = (path: string) => (exists(path) ? path : "");
  return {
    "exit-code": String(code),
    changes: String(changes ?? ""),
    drift: String(drift ?? ""),
    digest: digest ?? "",
    agents: agents ?? "",
    plan: file(files.plan),
    report: file(files.report),
    markdown: file(files.markdown),
  };
}

/**
 * Outputs as GitHub reads them from a file, each value between two lines that nobody can guess. Such a line
 * inside a value would end it early: then that value is left out.
 */
export function githubOutputs(outputs: Outputs, delimiter: string): string {
  return Object.entries(outputs)
    .filter(([, value]) => !value.includes(delimiter))
    .map(([name, value]) => `${name}<<${delimiter}\n${value}\n${delimiter}\n`)
    .join("");
}

/** Outputs as variables for GitLab's later jobs; such a file has no values of several lines. */
export function dotenvOutputs(outputs: Outputs): string {
  return Object.entries(outputs)
    .filter(([, value]) => !/[\r\n]/.test(value))
    .map(([name, value]) => `AGENTVANE_${name.toUpperCase().replaceAll("-", "_")}=${value}\n`)
    .join("");
}
