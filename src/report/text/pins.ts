import type { RunEvent } from "../../commands/event.ts";
import { type Line, styled } from "../words/line.ts";

/** The lines of agents.yaml that keep aliases where they are. */
export function pinsText({
  pins,
  environment,
  pattern,
}: Extract<RunEvent, { kind: "pinned" }>): readonly Line[] {
  if (pins.length === 0) return [];
  const agents = pins.map(
    ({ key, alias, version }): Line => [`  ${key}: { aliases: { ${alias}: ${version} } }`],
  );
  const inside: readonly Line[] = [["agents:"], ...agents];
  return [
    ...introduction(environment, pattern).map((text): Line => [styled("faint", text)]),
    ...(environment === ""
      ? inside
      : [
          ["environments:"],
          [`  ${environment}:`],
          ...inside.map((line): Line => ["    ", ...line]),
        ]),
  ];
}

function introduction(environment: string, pattern: string | undefined): readonly string[] {
  if (pattern === undefined) return ["# To keep this at the next apply, commit it to agents.yaml:"];
  return [
    `# agents.yaml has no entry ${environment}, only the pattern ${pattern}, so the next apply moves the aliases again.`,
    `# To keep it, copy the entry ${pattern} as ${environment} and add the agents below. ${pattern} then no longer applies to it:`,
  ];
}
