import type { Problem } from "../src/config/problem.ts";
import type { Refusal } from "../src/plan/refusal.ts";
import { refusalExitCode } from "../src/plan/refusal-table.ts";
import { everyRow } from "../src/report/events/every.ts";
import { runExitCode } from "../src/report/run-exit-code.ts";
import { partLines } from "../src/report/text/error-lines.ts";
import { eventLines } from "../src/report/text/event-lines.ts";
import { type Line, paint } from "../src/report/words/line.ts";
import { problemText } from "../src/report/words/problem.ts";
import { refusalPart } from "../src/report/words/refusal-part.ts";
import { configProblems } from "./problems/config-problems.ts";
import { refusalEntries } from "./problems/refusals.ts";
import { runErrors } from "./problems/run-errors.ts";

/** docs/problems.md: every code, in the words of the output, and what to do. */
export function problemsPage(): string {
  return `${frame}
## What ends a run

${errorSections().join("\n")}
## What forbids a plan

A plan with one of these is shown but not applied. In JSON they are under \`refusals\`.

${refusalSections().join("\n")}
## Problems in files

All of them end with exit code 3 before anything is sent. In JSON they are under \`error.details\`.

${problemSections().join("\n")}`;
}

const frame = `<!-- Written by "npm run generate" from scripts/problems/. Do not edit. -->
# Problems and what to do

Every error has a code, which stays the same from release to release. In text output the code is in brackets; in JSON it is
\`error.code\`, and the \`code\` or \`kind\` of what is listed with it. This page has all of them, each with an example of
its words.
`;

function errorSections(): readonly string[] {
  return Object.entries(runErrors).map(([code, entry]) => {
    if (entry.sample === undefined) {
      return section(code, { shown: [], advice: entry.advice, exit: entry.exit });
    }
    const shown = eventLines(entry.sample, everyRow, "https://api.mistral.ai");
    const exit =
      entry.exit ?? String(runExitCode([entry.sample], everyRow, { detailedExitCode: false }));
    return section(code, { shown, advice: entry.advice, exit });
  });
}

function refusalSections(): readonly string[] {
  return Object.entries(refusalEntries).map(([kind, { sample, advice }]) => {
    const refusal = { kind, ...sample } as Refusal;
    const shown = partLines(refusalPart(refusal), kind);
    return section(kind, { shown, advice, exit: String(refusalExitCode([refusal])) });
  });
}

function problemSections(): readonly string[] {
  return Object.entries(configProblems).map(([code, { sample, advice }]) => {
    const at = { file: "agents.yaml", line: 8, column: 5 };
    const { message, expected, hint } = problemText({ code, ...sample, at } as Problem);
    const shown: readonly Line[] = [
      [`error: ${message}`],
      ...(expected === undefined ? [] : [[`  expected ${expected}`]]),
      ...(hint === undefined ? [] : [[`  ${hint}`]]),
    ];
    return section(code, { shown, advice });
  });
}

type Section = {
  readonly shown: readonly Line[];
  readonly advice: string;
  readonly exit?: string;
};

function section(code: string, { shown, advice, exit }: Section): string {
  const words = shown.length === 0 ? "" : `\`\`\`text\n${paint(shown, false)}\`\`\`\n\n`;
  return `### ${code}\n\n${words}${advice}${endingText(exit)}\n`;
}

function endingText(exit: string | undefined): string {
  if (exit === undefined) return "";
  return exit === "0" ? " The exit code stays that of the run." : ` Exit code ${exit}.`;
}
