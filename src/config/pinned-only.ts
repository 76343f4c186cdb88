import type { AliasTarget, DesiredAgent } from "../agent/definition.ts";
import { type Json, type JsonObject, sameJson } from "../agent/json.ts";
import { type ConfigInput, loadConfig } from "./config.ts";
import type { PinnedAlias } from "./write-pins.ts";

/**
 * Whether a configuration with some files' texts replaced defines the same agents as before, and only the pins differ.
 * One that cannot be loaded, as a broken agent elsewhere in it makes it, has nothing to compare.
 */
export function pinnedOnly(
  input: ConfigInput,
  texts: ReadonlyMap<string, string>,
  pins: readonly PinnedAlias[],
): boolean {
  const lenient = { ...input, unsetRule: "unset_allowed" } as const;
  const before = loadConfig(lenient);
  if (before.kind === "invalid") return true;
  const after = loadConfig({
    ...lenient,
    sources: {
      ...input.sources,
      read: (path) => {
        const text = texts.get(path);
        return text === undefined ? input.sources.read(path) : { kind: "text", text };
      },
    },
  });
  if (after.kind === "invalid") return false;
  if (before.config.apiKeyVariable !== after.config.apiKeyVariable) return false;
  const wanted = before.config.desired.agents.map((agent) => comparable(agent, pins));
  const found = after.config.desired.agents.map((agent) => comparable(agent, []));
  return sameJson(wanted, found);
}

function comparable(agent: DesiredAgent, pins: readonly PinnedAlias[]): Json {
  const { at: _at, aliases, libraryNames, ...rest } = agent;
  const own = pins.filter(({ key }) => key === agent.key);
  const targets = new Map<string, AliasTarget | number>([
    ...aliases,
    ...own.map(({ alias, version }): [string, number] => [alias, version]),
  ]);
  return {
    ...(rest as unknown as JsonObject),
    aliases: Object.fromEntries(targets),
    libraryNames: [...libraryNames].flat(),
  };
}
