import { pathText } from "../../agent/property-path.ts";
import type { RunEvent } from "../../commands/event.ts";
import type { MemberProblem } from "../../config/check-members.ts";
import { listed } from "../safe/truncate.ts";
import { type Line, styled } from "../words/line.ts";
import { problemText } from "../words/problem.ts";

/** The imported agents, and what is left to do. */
export function importedText({
  agents,
  bound,
  leftOut,
}: Extract<RunEvent, { kind: "imported" }>): readonly Line[] {
  if (agents.length + bound.length + leftOut.length === 0) return [["No new agents to import."]];
  return [
    ...agents.flatMap(({ key, id, name, secrets, unknownTools, unsaid }): Line[] => [
      [styled("success", "imported"), " ", styled("strong", key), ` "${name}"  ${id}`],
      ...(secrets.length === 0
        ? []
        : [
            [
              `    secrets cannot be read back: set ${listed(secrets)} before you change this agent`,
            ],
          ]),
      ...(unknownTools.length === 0
        ? []
        : [[`    tools of an unknown type stay on the agent: ${listed(unknownTools)}`]]),
      ...unsaid.map(
        (each): Line => ["    ", styled("warning", `${unsaidText(each)}; it stays on the agent`)],
      ),
    ]),
    ...bound.map(
      ({ key, id, name }): Line => [
        styled("success", "bound"),
        " ",
        styled("strong", key),
        ` to "${name}"  ${id}: the key was in the file without an agent`,
      ],
    ),
    ...leftOut.flatMap(({ id, name, unsaid, declaredAs }): Line[] => [
      [styled("warning", "left out"), ` "${name}"  ${id}`],
      ...unsaid.map((each): Line => [`    ${unsaidText(each)}`]),
      ...(declaredAs === undefined
        ? []
        : [
            [
              `    ${declaredAs} is in the file without an agent: if it is this one, add id: ${id} to it`,
            ],
          ]),
    ]),
  ];
}

function unsaidText({ path, problem }: MemberProblem): string {
  const { message, expected } = problemText(problem);
  return `${path.length === 0 ? "the agent" : pathText(path)}: ${message}${expected === undefined ? "" : ` (expected ${expected})`}`;
}
