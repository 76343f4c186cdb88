import { handoffsOf } from "./definition.ts";
import type { AgentRef } from "./identity.ts";
import { isList, isObject, type Json, type JsonObject } from "./json.ts";

/** An agent and all that it can hand off to, directly or through others. */
export type Reach = {
  /** The definitions of those that are known, the agent's own first. Their handoffs are `AgentRef`s. */
  readonly definitions: readonly JsonObject[];
  readonly refs: readonly AgentRef[];
  /** Whether one of them is an agent of which nothing is known. */
  readonly hasUnknown: boolean;
};

/** Follows handoffs from an agent; each agent is looked at once, however they lead in circles. */
export function reachOf(start: AgentRef, find: (ref: AgentRef) => JsonObject | undefined): Reach {
  const seen = new Map<string, AgentRef>();
  const definitions: JsonObject[] = [];
  const waiting = [start];
  let hasUnknown = false;
  for (let ref = waiting.shift(); ref !== undefined; ref = waiting.shift()) {
    const name = "key" in ref ? `key ${ref.key}` : `id ${ref.id}`;
    if (seen.has(name)) continue;
    seen.set(name, ref);
    const definition = find(ref);
    if (definition === undefined) hasUnknown = true;
    else {
      definitions.push(definition);
      waiting.push(...handoffsOf(definition));
    }
  }
  return { definitions, refs: [...seen.values()], hasUnknown };
}

/** What a definition's tools are called by: functions by their own name, tools of the server by their type. */
export function callableNames({ tools }: JsonObject): readonly string[] {
  return toolsOf(tools).map(({ type, function: declared }) =>
    String(type === "function" && isObject(declared) ? declared.name : type),
  );
}

/** Whether a definition has functions, which the client answers. */
export function hasFunctions({ tools }: JsonObject): boolean {
  return toolsOf(tools).some(({ type }) => type === "function");
}

/** Whether a definition has a connector: what its tools are called is known to the server alone. */
export function hasConnector({ tools }: JsonObject): boolean {
  return toolsOf(tools).some(({ type }) => type === "connector");
}

/** Whether a definition has tools that wait for a person before they run. */
export function asksForConfirmation({ tools }: JsonObject): boolean {
  return toolsOf(tools).some(({ tool_configuration: configuration }) => {
    const asked = isObject(configuration) ? configuration.requires_confirmation : undefined;
    return isList(asked) && asked.length > 0;
  });
}

function toolsOf(tools: Json | undefined): readonly JsonObject[] {
  return isList(tools) ? tools.filter(isObject) : [];
}
