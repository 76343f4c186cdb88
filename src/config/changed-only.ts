import { Lexer } from "yaml";
import { isList, isObject, type Json, type JsonObject, objectOf, sameJson } from "../agent/json.ts";
import { parseYaml } from "./parse-yaml.ts";
import { sourceText } from "./source-text.ts";
import { plain } from "./tree.ts";

/**
 * Whether a text that was edited says what the one before says with a change, and nothing else, and has each of its
 * comments. Both are read as configurations are: whatever cannot be read so is refused.
 */
export function changedOnly(
  before: string,
  after: string,
  change: (said: Json) => Json | undefined,
): boolean {
  const said = saidBy(before);
  const says = saidBy(after);
  const expected = said === undefined ? undefined : change(said);
  return (
    expected !== undefined &&
    says !== undefined &&
    sameJson(expected, says) &&
    sameJson(commentsOf(before), commentsOf(after))
  );
}

/** What a YAML text says, aliases and merge keys followed; undefined when it is not valid. */
export function saidBy(text: string): Json | undefined {
  let isValid = true;
  const tree = parseYaml(sourceText("", "", text), () => {
    isValid = false;
  });
  return tree === undefined || !isValid ? undefined : plain(tree);
}

/** What is said with members added or replaced, maps merged; a list of names is short for all of them at latest. */
export function withMembers(said: Json | undefined, wanted: JsonObject): JsonObject | undefined {
  const base = asMap(said);
  if (base === undefined) return undefined;
  const members: [string, Json][] = [];
  for (const [name, value] of Object.entries(wanted)) {
    const inside = Object.hasOwn(base, name) ? base[name] : undefined;
    const member = isObject(value) ? withMembers(inside, value) : value;
    if (member === undefined) return undefined;
    members.push([name, member]);
  }
  return objectOf([...Object.entries(base), ...members]);
}

function asMap(said: Json | undefined): JsonObject | undefined {
  if (said === undefined || said === null) return {};
  if (!isList(said)) return isObject(said) ? said : undefined;
  const names = said.filter((item) => typeof item === "string");
  return names.length < said.length ? undefined : objectOf(names.map((name) => [name, "latest"]));
}

function commentsOf(text: string): readonly string[] {
  return [...new Lexer().lex(text)]
    .filter((lexeme) => lexeme.startsWith("#"))
    .map((comment) => comment.trimEnd());
}
