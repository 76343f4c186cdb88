import type { ImportedNote } from "../commands/event.ts";
import { listed } from "./bounded.ts";
import { type Line, styled } from "./line.ts";

/** The agents that were imported, and what is left for a person to do. */
export function importedText(agents: readonly ImportedNote[]): readonly Line[] {
  if (agents.length === 0) return [["There is no agent to import."]];
  return agents.flatMap(({ key, id, name, secrets, unknownTools }): Line[] => [
    [styled("success", "imported"), " ", styled("strong", key), ` "${name}"  ${id}`],
    ...(secrets.length === 0
      ? []
      : [[`    secrets cannot be read back: set ${listed(secrets)} before you plan`]]),
    ...(unknownTools.length === 0
      ? []
      : [[`    tools of an unknown type stay on the agent: ${listed(unknownTools)}`]]),
  ]);
}
