import type { CiFiles } from "./command-line.ts";
import type { Findings } from "./findings.ts";

/** The outputs for later steps of a job; empty if unknown or missing. */
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

/** The outputs of a run. `exists` says which files it wrote. */
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
 * Outputs in GitHub's file format, each value between two delimiter lines that cannot be guessed. A delimiter inside a
 * value would end the value early, so such a value is left out.
 */
export function githubOutputs(outputs: Outputs, delimiter: string): string {
  return Object.entries(outputs)
    .filter(([, value]) => !value.includes(delimiter))
    .map(([name, value]) => `${name}<<${delimiter}\n${value}\n${delimiter}\n`)
    .join("");
}

/** Outputs as variables for GitLab's later jobs. The dotenv format has no values of several lines. */
export function dotenvOutputs(outputs: Outputs): string {
  return Object.entries(outputs)
    .filter(([, value]) => !/[\r\n]/.test(value))
    .map(([name, value]) => `AGENTVANE_${name.toUpperCase().replaceAll("-", "_")}=${value}\n`)
    .join("");
}
