import { agentTable } from "../agent/agent-table.ts";
import type { Definition, DesiredAgent } from "../agent/definition.ts";
import type { AgentId, AgentKey } from "../agent/identity.ts";
import { isList, isObject, type Json, type JsonObject, objectOf } from "../agent/json.ts";
import { type PropertyPath, parsePath } from "../agent/property-path.ts";
import { buildAliases } from "./build-aliases.ts";
import { buildMembers } from "./build-value.ts";
import type { SecretStore } from "./secret-store.ts";
import { positionOf, type SourceRange } from "./source-text.ts";
import { memberOf, type Tree } from "./tree.ts";
import { bindingRows, definitionRows } from "./written-agent.ts";

/**
 * The agent that a checked tree describes, by the key that stands at `keyRange`. Undefined when it lacks what
 * an agent cannot be without, which the check has reported.
 */
export function buildAgent(
  secrets: SecretStore,
  key: AgentKey,
  keyRange: SourceRange,
  tree: Tree,
): DesiredAgent | undefined {
  const path = `agents.${key}`;
  const written = buildMembers(secrets, definitionRows, tree, path);
  const definition = withoutLibraries(written);
  if (!isWhole(definition)) return undefined;
  const { id, lifecycle } = buildMembers(secrets, bindingRows, tree, path);
  return {
    key,
    ...(typeof id === "string" ? { id: id as AgentId } : {}),
    definition,
    aliases: buildAliases(memberOf(tree, "aliases")),
    preventDestroy: isObject(lifecycle) && lifecycle.prevent_destroy === true,
    ignoreChanges: isObject(lifecycle) ? ignoredPaths(lifecycle.ignore_changes) : [],
    libraryNames: librariesOf(written.tools),
    at: positionOf(keyRange),
  };
}

function isWhole(definition: JsonObject): definition is Definition {
  return typeof definition.name === "string" && typeof definition.model === "string";
}

function withoutLibraries(definition: JsonObject): JsonObject {
  const { tools } = definition;
  return isList(tools) ? { ...definition, tools: tools.map(withoutNames) } : definition;
}

function withoutNames(tool: Json): Json {
  if (!isObject(tool) || tool.libraries === undefined) return tool;
  return objectOf(Object.entries(tool).filter(([name]) => name !== "libraries"));
}

function librariesOf(tools: Json | undefined): ReadonlyMap<number, readonly string[]> {
  const named = isList(tools) ? tools : [];
  return new Map(
    named.flatMap((tool, at): [number, readonly string[]][] =>
      isObject(tool) && tool.libraries !== undefined ? [[at, textsOf(tool.libraries)]] : [],
    ),
  );
}

function ignoredPaths(value: Json | undefined): readonly PropertyPath[] {
  return textsOf(value).map((text) => parsePath(agentTable, text));
}

function textsOf(value: Json | undefined): readonly string[] {
  return isList(value) ? value.filter((item) => typeof item === "string") : [];
}
