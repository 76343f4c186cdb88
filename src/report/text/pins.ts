import type { Pin } from "../../commands/event.ts";
import { type Line, styled } from "../words/line.ts";

/** The lines of agents.yaml that keep aliases where they are. */
export function pinsText(pins: readonly Pin[], environment: string): readonly Line[] {
  if (pins.length === 0) return [];
  const agents = pins.map(
    ({ key, alias, version }): Line => [`  ${key}: { aliases: { ${alias}: ${version} } }`],
  );
  const inside: readonly Line[] = [["agents:"], ...agents];
  return [
    [styled("faint", "# To keep this at the next apply, commit it to agents.yaml:")],
    ...(environment === ""
      ? inside
      : [
          ["environments:"],
          [`  ${environment}:`],
          ...inside.map((line): Line => ["    ", ...line]),
        ]),
  ];
}
