import { isMap, isScalar, parseDocument, stringify, type YAMLMap } from "yaml";
import { isObject, type Json, type JsonObject, objectOf } from "../agent/json.ts";
import { changedOnly } from "./changed-only.ts";
import { flowMembers, scalarText } from "./flow-yaml.ts";
import { mergedIntoYaml } from "./merge-into-yaml.ts";
import { columnOf, lineEndOf, type Splice, spliced } from "./splice.ts";

/** An agent to be written into a file, and the agent it is bound to. */
export type AgentToWrite = {
  readonly key: string;
  readonly members: JsonObject;
  /** Undefined when its tags say enough. */
  readonly id: string | undefined;
};

/**
 * A configuration with more agents, first under `agents`; comments, order and all else stay as they are. With
 * an environment, what binds an agent goes there. It was read again and compared; undefined when no way of writing
 * it passes.
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

/** Tells editors which schema a configuration has. */
const schemaLine = "# yaml-language-server: $schema=./agents.schema.json\n";

/** A configuration that has nothing yet. */
export function newConfiguration(project: string): string {
  return `${schemaLine}version: 1\nproject: ${scalarText(project, "yaml")}\n\nagents:\n`;
}

/** The first way of inserting them that says exactly what is wanted when it is read again. */
function insertAgents(stored: string, agents: readonly AgentToWrite[]): string | undefined {
  const mark = stored.startsWith("\uFEFF") ? "\uFEFF" : "";
  const text = stored.slice(mark.length);
  const document = parseDocument(text, { uniqueKeys: false });
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined;
  for (const splices of waysToInsert(text, document.contents, agents)) {
    const fresh = spliced(text, splices);
    if (changedOnly(text, fresh, (said) => withNewAgents(said, agents))) return mark + fresh;
  }
  return undefined;
}

/** What a configuration says with agents that it does not have yet; undefined where it has one of them. */
function withNewAgents(said: Json, agents: readonly AgentToWrite[]): Json | undefined {
  if (!isObject(said)) return undefined;
  const before = isObject(said.agents) ? said.agents : {};
  if (agents.some(({ key }) => Object.hasOwn(before, key))) return undefined;
  const added = agents.map((agent) => [agent.key, agentMembers(agent)] as const);
  return { ...said, agents: objectOf([...Object.entries(before), ...added]) };
}

function waysToInsert(
  text: string,
  root: YAMLMap,
  agents: readonly AgentToWrite[],
): readonly (readonly Splice[])[] {
  const lineEnd = lineEndOf(text);
  const pair = root.items.find(({ key }) => isScalar(key) && key.value === "agents");
  const value = pair?.value;
  const blocks = (indent: string) =>
    agents.map((agent) => blockOf(agent, indent, lineEnd)).join("");
  if (pair === undefined) {
    const at = text.length;
    const heading = `${text.endsWith("\n") ? "" : lineEnd}agents:${lineEnd}${blocks("  ")}`;
    return [
      ...[lineEnd + heading, heading].map((fresh) => [{ from: at, to: at, text: fresh }]),
      ...inFlow(root, `"agents": { ${flowOf(agents)} }`),
    ];
  }
  const [from, to] = emptyStretch(text, value);
  const keyEnd = isScalar(pair.key) ? (pair.key.range?.[1] ?? 0) : 0;
  const newline = text.indexOf("\n", to ?? keyEnd);
  const at = newline < 0 ? text.length : newline + 1;
  const indent =
    isMap(value) && !value.flow ? " ".repeat(columnOf(text, value.range?.[0] ?? 0)) : "  ";
  const below = { from: at, to: at, text: (newline < 0 ? lineEnd : "") + blocks(indent) };
  const emptied = from === undefined || to === undefined ? [] : [{ from, to, text: "" }];
  return [[...emptied, below], ...inFlow(value, flowOf(agents))];
}

/** Into a map that is written on one line, as all of a JSON file is. */
function inFlow(map: unknown, members: string): readonly (readonly Splice[])[] {
  const start = isMap(map) && map.flow ? map.range?.[0] : undefined;
  if (!isMap(map) || start === undefined) return [];
  const rest = map.items.length > 0 ? "," : " ";
  return [[{ from: start + 1, to: start + 1, text: ` ${members}${rest}` }]];
}

function flowOf(agents: readonly AgentToWrite[]): string {
  return flowMembers(
    agents.map((agent) => [agent.key, agentMembers(agent)]),
    "json",
  );
}

/** Where an explicit nothing stands, such as `{}` or `null`, with the blanks before it. */
function emptyStretch(
  text: string,
  value: unknown,
): readonly [number, number] | readonly [undefined, undefined] {
  const isNothing =
    (isMap(value) && value.flow === true && value.items.length === 0) ||
    (isScalar(value) && value.value === null && Boolean(value.source));
  const [start, end] = (isNothing ? value.range : undefined) ?? [];
  if (start === undefined || end === undefined) return [undefined, undefined];
  return [text.slice(0, start).trimEnd().length, end];
}

function agentMembers({ id, members }: AgentToWrite): JsonObject {
  return { ...(id !== undefined && { id }), ...members };
}

function blockOf(agent: AgentToWrite, indent: string, lineEnd: string): string {
  const lines = stringify({ [agent.key]: agentMembers(agent) }, { lineWidth: 0 })
    .trimEnd()
    .split("\n");
  return lines.map((line) => `${line === "" ? "" : indent}${line}${lineEnd}`).join("");
}
