import type { AliasTarget, Definition, DesiredAgent } from "../agent/definition.ts";
import { ephemeralName } from "../agent/ephemeral-name.ts";
import type { AliasName } from "../agent/identity.ts";

/** How an agent of an ephemeral environment is called: like its siblings with the environment behind, or as a file says. */
export type NameRule = "suffixed" | "as_written";

/**
 * The agent as an ephemeral environment has it. What ties the others of its key to agents and versions that exist, or
 * keeps them, does not count here: the agent is a new one, and is deleted again.
 */
export function ephemeralAgent(
  { id, ...agent }: DesiredAgent,
  environment: string,
  rule: NameRule,
): DesiredAgent {
  const { name } = agent.definition;
  const { deployment_chat: chat, ...others } = agent.definition;
  const hasChat = chat === true;
  const definition = (hasChat ? others : agent.definition) as Definition;
  const [pins, aliases] = splitPins(agent.aliases);
  const ignoredHere = [
    ...(id === undefined ? [] : [["id"]]),
    ...pins.map((alias) => ["aliases", alias]),
    ...(hasChat ? [["deployment_chat"]] : []),
    ...(agent.preventDestroy ? [["lifecycle", "prevent_destroy"]] : []),
  ];
  return {
    ...agent,
    definition: {
      ...definition,
      name: rule === "suffixed" ? ephemeralName(name, environment) : name,
    },
    aliases,
    preventDestroy: false,
    ...(ignoredHere.length > 0 && { ignoredHere }),
  };
}

/** A number names a version of another agent. */
function splitPins(
  aliases: ReadonlyMap<AliasName, AliasTarget>,
): readonly [readonly AliasName[], ReadonlyMap<AliasName, AliasTarget>] {
  const pinned = [...aliases].filter(([, target]) => typeof target === "number");
  const kept = [...aliases].filter(([, target]) => typeof target !== "number");
  return [pinned.map(([alias]) => alias), new Map(kept)];
}
