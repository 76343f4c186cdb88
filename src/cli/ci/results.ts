import { randomBytes } from "node:crypto";
import { appendFileSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Results } from "../../ci/ci-world.ts";
import type { CiFiles } from "../../ci/command-line.ts";
import type { CiNotice, UnwrittenResult } from "../../ci/notice.ts";
import { dotenvOutputs, githubOutputs, type Outputs } from "../../ci/outputs.ts";
import { fileFaultText } from "../files/file-fault.ts";

/**
 * The folder for results: a new one for each run on GitHub; on GitLab one inside the checkout, because artifacts must
 * be there.
 */
export function openFolder(
  isGithub: boolean,
): CiFiles | Extract<CiNotice, { kind: "not_started" }> {
  const { RUNNER_TEMP, AGENTVANE_CI_FOLDER } = process.env;
  const parent = isGithub
    ? RUNNER_TEMP || tmpdir()
    : path.resolve(AGENTVANE_CI_FOLDER || "agentvane-ci");
  try {
    if (!isGithub) mkdirSync(parent, { recursive: true });
    const folder = isGithub ? mkdtempSync(path.join(parent, "agentvane-")) : parent;
    const file = (name: string) => path.join(folder, name);
    return { plan: file("plan.json"), report: file("report.json"), markdown: file("result.md") };
  } catch (error) {
    const reason = `the folder ${parent} cannot hold the results: ${fileFaultText(error)}`;
    return { kind: "not_started", reason };
  }
}

/** Writes the results of the job, each to its file. */
export function writeResults(
  { markdown, summary, outputs }: Results,
  files: CiFiles,
): readonly UnwrittenResult[] {
  const { GITHUB_STEP_SUMMARY } = process.env;
  return [
    ...(markdown === "" ? [] : attempt("markdown", () => writeFileSync(files.markdown, markdown))),
    ...(GITHUB_STEP_SUMMARY && summary !== ""
      ? attempt("summary", () => appendFileSync(GITHUB_STEP_SUMMARY, `${summary}\n`))
      : []),
    ...attempt("outputs", () => writeOutputs(outputs(), files)),
  ];
}

/**
 * If one result cannot be written, as on a full disk, the others and the exit code of the command are still handed on.
 */
function attempt(result: UnwrittenResult["result"], write: () => void): readonly UnwrittenResult[] {
  try {
    write();
    return [];
  } catch (error) {
    return [{ result, reason: fileFaultText(error) }];
  }
}

function writeOutputs(outputs: Outputs, files: CiFiles): void {
  const { GITHUB_OUTPUT } = process.env;
  if (GITHUB_OUTPUT) {
    appendFileSync(GITHUB_OUTPUT, githubOutputs(outputs, `end-${randomBytes(16).toString("hex")}`));
  } else {
    const text = dotenvOutputs({
      ...outputs,
      plan: fromCheckout(outputs.plan),
      report: fromCheckout(outputs.report),
      markdown: fromCheckout(outputs.markdown),
    });
    writeFileSync(path.join(path.dirname(files.plan), "outputs.env"), text);
  }
}

/** The path that a later job finds the file at, which has the same artifacts in another checkout. */
function fromCheckout(file: string): string {
  const { CI_PROJECT_DIR } = process.env;
  const relative = path.relative(CI_PROJECT_DIR || process.cwd(), file);
  return file === "" || relative === ".." || relative.startsWith(`..${path.sep}`)
    ? file
    : relative.split(path.sep).join("/");
}
