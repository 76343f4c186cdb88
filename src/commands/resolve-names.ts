import type { DesiredAgent, DesiredProject } from "../agent/definition.ts";
import { isList, isObject, type Json } from "../agent/json.ts";
import type { NamedResource } from "../agent/remote-agent.ts";
import type { Refusal } from "../plan/refusal.ts";

/** A configuration with libraries by id, or the refusals. */
export type Resolved = {
  readonly desired: DesiredProject;
  readonly refusals: readonly Refusal[];
};

/** Replaces the names of libraries by ids. A name that no library or several libraries have is refused. */
export function resolveLibraries(
  desired: DesiredProject,
  libraries: readonly NamedResource[],
): Resolved {
  const refusals = desired.agents.flatMap((agent) => unknownLibraries(agent, libraries));
  const agents = desired.agents.map((agent) => withLibraryIds(agent, libraries));
  return { desired: { ...desired, agents }, refusals };
}

/**
 * The configuration's spelling of connectors that the server may name differently: a connector has an id and a name,
 * and both may be used.
 */
export function connectorSpelling(
  desired: DesiredProject,
  connectors: readonly NamedResource[],
): ReadonlyMap<string, string> {
  const written = new Set(
    desired.agents.flatMap(({ definition }) => connectorsOf(definition.tools)),
  );
  const spelling = new Map<string, string>();
  for (const { id, name } of connectors) {
    const spelled = written.has(name) ? name : written.has(id) ? id : undefined;
    if (spelled === undefined) continue;
    spelling.set(id, spelled);
    spelling.set(name, spelled);
  }
  return spelling;
}

function connectorsOf(tools: Json | undefined): readonly string[] {
  if (!isList(tools)) return [];
  return tools.flatMap((tool) =>
    isObject(tool) && typeof tool.connector_id === "string" ? [tool.connector_id] : [],
  );
}

function withLibraryIds(agent: DesiredAgent, libraries: readonly NamedResource[]): DesiredAgent {
  const { tools } = agent.definition;
  if (agent.libraryNames.size === 0 || !isList(tools)) return agent;
  const resolved = tools.map((tool, at): Json => {
    const names = agent.libraryNames.get(at);
    if (names === undefined || !isObject(tool)) return tool;
    const named = libraries.filter(({ name }) => names.includes(name)).map(({ id }) => id);
    const written = isList(tool.library_ids) ? tool.library_ids : [];
    return { ...tool, library_ids: [...written, ...named] };
  });
  return { ...agent, definition: { ...agent.definition, tools: resolved } };
}

function unknownLibraries(
  { key, libraryNames, at }: DesiredAgent,
  libraries: readonly NamedResource[],
): readonly Refusal[] {
  const known = libraries.map(({ name }) => name);
  return [...libraryNames.values()].flat().flatMap((library): Refusal[] => {
    const found = known.filter((name) => name === library).length;
    if (found === 1) return [];
    return [{ kind: "unknown_library", key, library, known, ambiguous: found > 1, at }];
  });
}
