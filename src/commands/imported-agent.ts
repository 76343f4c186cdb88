import { agentTable } from "../agent/agent-table.ts";
import { canonical } from "../agent/canonical.ts";
import { handoffsOf } from "../agent/definition.ts";
import type { AgentKey, AliasName } from "../agent/identity.ts";
import { isList, isObject, type Json, type JsonObject, objectOf } from "../agent/json.ts";
import type { RemoteAgent, RemoteAlias } from "../agent/remote-agent.ts";
import type { Words } from "../plan/agent-plan.ts";
import { inOurWords } from "../plan/our-words.ts";

/** An agent as a file would have it, and the files beside it that hold its long texts. */
export type ImportedAgent = {
  readonly key: AgentKey;
  /** The agent in canonical form, as planning compares it. */
  readonly form: JsonObject;
  readonly members: JsonObject;
  readonly files: ReadonlyMap<string, string>;
  /** Environment variables that have to hold secrets nobody can read back. */
  readonly secrets: readonly string[];
  /** Types of tools that this version does not know; they stay on the agent. */
  readonly unknownTools: readonly string[];
};

/**
 * Writes an agent down: prompt and schemas as files, handoffs by key, aliases where they stand. Planning for
 * what is written finds nothing to do, as long as the agent stays as it is.
 */
export function importAgent(
  key: AgentKey,
  version: RemoteAgent,
  aliases: readonly RemoteAlias[],
  words: Words,
): ImportedAgent {
  const files = new Map<string, string>();
  const secrets: string[] = [];
  const form = canonical(agentTable, inOurWords(version, words));
  const { name, instructions, tools, handoffs: _refs, completion_args, ...others } = form;
  const members: [string, Json | undefined][] = [
    ["name", name === key ? undefined : name],
    // What is off anyway need not be declared.
    ...Object.entries(others).filter(([property, value]) => !isOff(property, value)),
    ["instructions", instructions && asPrompt(files, key, String(instructions))],
    ["tools", isList(tools) ? tools.map((tool) => asTool(files, secrets, key, tool)) : undefined],
    ["handoffs", handoffsAsWritten(form)],
    ["completion_args", completion_args && asArguments(files, key, completion_args)],
    ["aliases", aliasesAsWritten(version, aliases)],
  ];
  const written = members.filter((member): member is [string, Json] => member[1] !== undefined);
  return {
    key,
    form,
    members: escaped(objectOf(written)) as JsonObject,
    files,
    secrets,
    unknownTools: unknownTools(version, form),
  };
}

function isOff(property: string, value: Json): boolean {
  return property === "deployment_chat" && value === false;
}

/** The exact text, with one newline more where it ends in one: reading drops one. */
function asPrompt(files: Map<string, string>, key: string, text: string): Json {
  const path = `prompts/${key}.md`;
  files.set(path, escapedText(text.endsWith("\n") ? `${text}\n` : text));
  return { file: path };
}

function asTool(files: Map<string, string>, secrets: string[], key: string, tool: Json): Json {
  if (!isObject(tool)) return tool;
  const names = Object.keys(tool);
  if (names.length === 1 && typeof tool.type === "string") return tool.type;
  if (isObject(tool.function)) {
    return {
      ...tool,
      function: asFile(files, `tools/${key}`, String(tool.function.name), tool.function),
    };
  }
  if (isObject(tool.authorization)) {
    const name = `${key}_${String(tool.connector_id)}_TOKEN`
      .toUpperCase()
      .replaceAll(/[^A-Z0-9]/g, "_");
    const variable = /^[0-9]/.test(name) ? `_${name}` : name;
    secrets.push(variable);
    const value = { kind: secretMark, variable };
    return { ...tool, authorization: { ...tool.authorization, value } };
  }
  return tool;
}

function asArguments(files: Map<string, string>, key: string, given: Json): Json {
  if (!isObject(given) || !isObject(given.response_format)) return given;
  const { json_schema: schema } = given.response_format;
  if (!isObject(schema)) return given;
  const file = asFile(files, `schemas/${key}`, String(schema.name), schema);
  return { ...given, response_format: { ...given.response_format, json_schema: file } };
}

function asFile(files: Map<string, string>, start: string, name: string, value: JsonObject): Json {
  const word = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "_") || "unnamed";
  let path = `${start}-${word}.json`;
  for (let nth = 2; files.has(path); nth += 1) path = `${start}-${word}-${nth}.json`;
  files.set(path, `${JSON.stringify(escaped(value), null, 2)}\n`);
  return { file: path };
}

function handoffsAsWritten(form: JsonObject): Json | undefined {
  const refs = handoffsOf(form);
  if (refs.length === 0) return undefined;
  return refs.map((ref): Json => ("key" in ref ? ref.key : { id: ref.id }));
}

function aliasesAsWritten(version: RemoteAgent, aliases: readonly RemoteAlias[]): Json | undefined {
  if (aliases.length === 0) return undefined;
  return objectOf(
    aliases.map(({ alias, version: at }: { alias: AliasName; version: number }) => [
      alias,
      at === version.version ? "latest" : at,
    ]),
  );
}

function unknownTools(version: RemoteAgent, form: JsonObject): readonly string[] {
  const known = isList(form.tools) ? form.tools : [];
  const types = new Set(known.map((tool) => isObject(tool) && tool.type));
  const all = isList(version.tools) ? version.tools : [];
  return all.flatMap((tool) =>
    isObject(tool) && typeof tool.type === "string" && !types.has(tool.type) ? [tool.type] : [],
  );
}

/** Stands for a reference to a secret until templates of everybody else are escaped. */
const secretMark = "secret-reference";

/** What reads as a template is spelled as a literal one. */
function escaped(value: Json): Json {
  if (typeof value === "string") return escapedText(value);
  if (isList(value)) return value.map(escaped);
  if (!isObject(value)) return value;
  if (value.kind === secretMark) return `\${{ secrets.${String(value.variable)} }}`;
  return objectOf(Object.entries(value).map(([name, each]) => [name, escaped(each)]));
}

function escapedText(text: string): string {
  return text.replaceAll("${{", () => "$${{");
}
