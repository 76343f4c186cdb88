import type { DesiredAgent, DesiredProject } from "../../agent/definition.ts";
import { type AgentRef, refText } from "../../agent/identity.ts";
import { isList, isObject, type Json, type JsonObject } from "../../agent/json.ts";
import { pathText } from "../../agent/property-path.ts";
import type { Line } from "./line.ts";

/** The resolved definitions of a project as JSON; secrets appear by name. */
export function renderedText(desired: DesiredProject): readonly Line[] {
  const text = JSON.stringify(renderedProject(desired), null, 2);
  return text.split("\n").map((line) => [line]);
}

/** The resolved definitions as plain data: the file with everything filled in. */
export function renderedProject({ project, environment, agents }: DesiredProject): JsonObject {
  return {
    project,
    environment,
    agents: Object.fromEntries(agents.map((agent) => [agent.key, renderedAgent(agent)])),
  };
}

function renderedAgent(agent: DesiredAgent): JsonObject {
  const { definition, id, aliases, preventDestroy, ignoreChanges } = agent;
  const handoffs = definition.handoffs;
  const lifecycle = {
    ...(preventDestroy && { prevent_destroy: true }),
    ...(ignoreChanges.length > 0 && { ignore_changes: ignoreChanges.map(pathText) }),
  };
  return {
    ...(id !== undefined && { id }),
    ...(masked(definition) as JsonObject),
    ...(isList(handoffs) && { handoffs: handoffs.map((ref) => refText(ref as AgentRef)) }),
    ...(aliases.size > 0 && { aliases: Object.fromEntries(aliases) }),
    ...(Object.keys(lifecycle).length > 0 && { lifecycle }),
  };
}

/** Secret references for people. */
function masked(value: Json): Json {
  if (isList(value)) return value.map(masked);
  if (!isObject(value)) return value;
  const { type, value: inside } = value;
  if (typeof type === "string" && isObject(inside) && typeof inside.secret === "string") {
    return { ...value, value: `(secret ${inside.secret})` };
  }
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, masked(each)]));
}
