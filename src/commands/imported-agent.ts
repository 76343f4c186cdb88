import { agentTable } from "../agent/agent-table.ts";
import { canonical } from "../agent/canonical.ts";
import { handoffsOf } from "../agent/definition.ts";
import { type AgentKey, type AliasName, aliasPattern } from "../agent/identity.ts";
import { isList, isObject, type Json, type JsonObject, objectOf } from "../agent/json.ts";
import type { Kind } from "../agent/property.ts";
import { pathText } from "../agent/property-path.ts";
import type { RemoteAgent, RemoteAlias } from "../agent/remote-agent.ts";
import type { MemberProblem } from "../config/check-members.ts";
import type { ConfigReferences } from "../plan/agent-plan.ts";
import { serverReferences, withConfigReferences } from "../plan/config-references.ts";
import { sayable } from "./sayable.ts";

/** An agent as a file contains it, and the files with its long texts. */
export type ImportedAgent = {
  readonly key: AgentKey;
  /** The agent in canonical form, as a plan compares it. */
  readonly form: JsonObject;
  readonly members: JsonObject;
  readonly files: ReadonlyMap<string, string>;
  /** Environment variables for secrets that cannot be read from the server. */
  readonly secrets: readonly string[];
  /** Types of tools that this version does not know; they stay on the agent. */
  readonly unknownTools: readonly string[];
  /**
   * What a file of this version cannot contain; it stays on the agent, under `ignore_changes`, or as an alias that is
   * not named here.
   */
  readonly unsaid: readonly MemberProblem[];
};

/**
 * Converts an agent to a file: prompt and schemas as files, handoffs by key, aliases pinned to their versions. A plan
 * with the result has no changes while the agent stays as it is. `name` is its key in the file.
 */
export function importAgent(
  key: AgentKey,
  name: string,
  version: RemoteAgent,
  aliases: readonly RemoteAlias[],
  words: ConfigReferences,
): ImportedAgent {
  const files = new Map<string, string>();
  const secrets: string[] = [];
  const whole = canonical(agentTable, withConfigReferences(version, words));
  const { form, unsaid } = sayable(whole);
  const ignored = [...new Set(unsaid.map(({ path }) => pathText(path)))];
  const [sayableAliases, oddAliases] = aliasesByName(aliases);
  const { name: _whole, instructions, tools, handoffs: _refs, completion_args, ...others } = form;
  const members: [string, Json | undefined][] = [
    ["name", name === key ? undefined : name],
    // Defaults need not be declared.
    ...Object.entries(others)
      .filter(([property, value]) => !isOff(property, value))
      .map(([property, value]): [string, Json] => [property, asDeclared(property, value)]),
    ["instructions", instructions && asPrompt(files, key, String(instructions))],
    ["tools", isList(tools) ? tools.map((tool) => asTool(files, secrets, key, tool)) : undefined],
    ["handoffs", handoffsAsWritten(form)],
    ["completion_args", completion_args && asArguments(files, key, completion_args)],
    ["aliases", aliasesAsWritten(version, sayableAliases)],
    ["lifecycle", ignored.length === 0 ? undefined : { ignore_changes: ignored }],
  ];
  const written = members.filter((member): member is [string, Json] => member[1] !== undefined);
  return {
    key,
    form,
    members: escaped(objectOf(written)) as JsonObject,
    files,
    secrets,
    unknownTools: ignored.includes("tools") ? [] : unknownTools(version, form),
    unsaid: [...unsaid, ...oddAliases],
  };
}

/** The parts of an agent that a file cannot contain at all; such an agent cannot be imported. */
export function whyUnsayable(version: RemoteAgent): readonly MemberProblem[] {
  const { isWhole, unsaid } = sayable(
    canonical(agentTable, withConfigReferences(version, serverReferences)),
  );
  return isWhole ? [] : unsaid;
}

/** Aliases that a file can name; the others stay unchanged and are reported. */
function aliasesByName(
  aliases: readonly RemoteAlias[],
): readonly [readonly RemoteAlias[], readonly MemberProblem[]] {
  const form = new RegExp(aliasPattern);
  const odd = aliases.filter(({ alias }) => !form.test(alias));
  return [
    aliases.filter((each) => !odd.includes(each)),
    odd.map(({ alias }) => ({
      path: ["aliases", alias],
      problem: { code: "bad_form", what: "alias", found: alias, pattern: aliasPattern },
    })),
  ];
}

function isOff(property: string, value: Json): boolean {
  return property === "deployment_chat" && value === false;
}

/** Leaves out what the server fills in inside a property. */
function asDeclared(property: string, value: Json): Json {
  const row = agentTable.find(({ name }) => name === property);
  return row === undefined ? value : withoutServersOwn(row.kind, value);
}

function withoutServersOwn(kind: Kind, value: Json): Json {
  if (kind.kind === "list" && isList(value)) {
    return value.map((item) => withoutServersOwn(kind.of, item));
  }
  if (kind.kind !== "record" || !isObject(value)) return value;
  const members = kind.rows.flatMap((row): [string, Json][] => {
    const member = value[row.name];
    if (member === undefined || row.onlyWhenDeclared) return [];
    return [[row.name, withoutServersOwn(row.kind, member)]];
  });
  return objectOf(members);
}

/** The exact text, with an additional byte order mark and newline if it has them, because reading drops one of each. */
function asPrompt(files: Map<string, string>, key: string, text: string): Json {
  const path = `prompts/${fileWord(key)}.md`;
  const start = text.startsWith(byteOrderMark) ? byteOrderMark : "";
  const end = text.endsWith("\n") ? "\n" : "";
  files.set(path, start + escapedText(text) + end);
  return { file: path };
}

const byteOrderMark = "\uFEFF";

/** A key as a file name; some names are devices on Windows. */
function fileWord(key: string): string {
  return /^(?:con|prn|aux|nul|com\d|lpt\d)$/.test(key) ? `${key}_` : key;
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

/** A placeholder for a secret reference until all other templates are escaped. */
const secretMark = "secret-reference";

/** Escapes text that looks like a template. */
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
