import { isMap, isScalar, parseDocument, stringify } from "yaml";
import type { Json, JsonObject } from "../agent/json.ts";
import { mergedIntoYaml } from "./merge-into-yaml.ts";

/** An agent to be written into a file, and the agent it is bound to. */
export type AgentToWrite = {
  readonly key: string;
  readonly members: JsonObject;
  /** Undefined when its tags say enough. */
  readonly id: string | undefined;
};

/**
 * A configuration with more agents, first under `agents`; comments, order and all else stay as they are. With
 * an environment, what binds an agent goes there. Undefined when the file has no place for them.
 */
export function withAgents(
  text: string,
  environment: string,
  agents: readonly AgentToWrite[],
): string | undefined {
  const inPlace =
    environment === "" ? agents : agents.map((agent) => ({ ...agent, id: undefined }));
  const added = insertAgents(text, inPlace);
  if (added === undefined || environment === "") return added;
  const bound = agents.flatMap(({ key, id }) => (id === undefined ? [] : [[key, { id }] as const]));
  if (bound.length === 0) return added;
  return mergedIntoYaml(added, {
    environments: { [environment]: { agents: Object.fromEntries(bound) } },
  });
}

/** A configuration that has nothing yet. */
export function newConfiguration(project: string): string {
  return `version: 1\nproject: ${project}\n\nagents:\n`;
}

function insertAgents(text: string, agents: readonly AgentToWrite[]): string | undefined {
  const document = parseDocument(text);
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined;
  const pair = document.contents.items.find(({ key }) => isScalar(key) && key.value === "agents");
  const value = pair?.value;
  if (pair === undefined)
    return `${text.trimEnd()}\n\nagents:\n${agents.map((agent) => blockOf(agent, "  ")).join("")}`;
  if (isMap(value) && value.flow && value.items.length > 0) return undefined;
  const [from, to] = emptyStretch(value);
  const rest = from === undefined ? text : text.slice(0, from).trimEnd() + text.slice(to);
  const key = isScalar(pair.key) ? (pair.key.range?.[1] ?? 0) : 0;
  const lineEnd = rest.indexOf("\n", key);
  const at = lineEnd < 0 ? rest.length : lineEnd + 1;
  const above = lineEnd < 0 ? `${rest}\n` : rest.slice(0, at);
  const indent = isMap(value) && !value.flow ? indentOf(text, value.range?.[0] ?? 0) : "  ";
  return above + agents.map((agent) => blockOf(agent, indent)).join("") + rest.slice(at);
}

/** Where an explicit nothing stands, such as `{}` or `null`. */
function emptyStretch(value: unknown): readonly [number | undefined, number | undefined] {
  const isNothing = (isMap(value) && value.flow) || (isScalar(value) && value.source !== "");
  const range = isNothing ? value.range : undefined;
  return [range?.[0], range?.[1]];
}

function indentOf(text: string, start: number): string {
  return " ".repeat(start - (text.lastIndexOf("\n", start - 1) + 1));
}

function blockOf({ key, members, id }: AgentToWrite, indent: string): string {
  const agent: Json = { ...(id !== undefined && { id }), ...members };
  const lines = stringify({ [key]: agent }, { lineWidth: 0 })
    .trimEnd()
    .split("\n");
  return lines.map((line) => `${line === "" ? "" : indent}${line}\n`).join("");
}
