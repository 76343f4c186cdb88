import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
} from "yaml";
import { isObject, type Json, type JsonObject } from "../agent/json.ts";
import { changedOnly, saidBy, withMembers } from "./changed-only.ts";
import { type FlowStyle, flowMembers, flowText } from "./flow-yaml.ts";
import { type FlatMap, listToMap } from "./list-to-map.ts";
import { columnOf, lineEndOf, lineStartOf, type Splice, spliced } from "./splice.ts";

/** Where new members of a block map go: below its key's line, or right before its first member. */
type Insertion = "below_key" | "before_first";

type Edit = {
  readonly text: string;
  readonly style: FlowStyle;
  readonly insertion: Insertion;
};

/**
 * A YAML text that says what is wanted, and otherwise what it said before: not another byte of it changes, and no
 * comment is lost. A list of names is short for all of them at latest, as with aliases. The result was read again and
 * compared with what was wanted; undefined where no way of writing it passes.
 */
export function mergedIntoYaml(stored: string, wanted: JsonObject): string | undefined {
  const mark = stored.startsWith("\uFEFF") ? "\uFEFF" : "";
  const text = stored.slice(mark.length);
  const said = saidBy(text);
  const document = parseDocument(text, { merge: false, uniqueKeys: false });
  if (said === undefined || document.errors.length > 0) return undefined;
  const { contents } = document;
  const style = isJsonText(text) ? "json" : "yaml";
  for (const insertion of ["below_key", "before_first"] as const) {
    const edit = { text, style, insertion } as const;
    const splices =
      contents === null || isNothing(contents)
        ? addedAtEnd(edit, wanted)
        : isMap(contents)
          ? splicesInto(edit, contents, wanted, said, undefined)
          : undefined;
    const fresh = splices && spliced(text, splices);
    if (fresh !== undefined && changedOnly(text, fresh, (json) => withMembers(json, wanted))) {
      return mark + fresh;
    }
  }
  return undefined;
}

/** The splices that make a map say what is wanted; undefined where a place is something else. */
function splicesInto(
  edit: Edit,
  map: YAMLMap,
  wanted: JsonObject,
  said: Json | undefined,
  parent: Pair | undefined,
): readonly Splice[] | undefined {
  const missing: [string, Json][] = [];
  const splices: Splice[] = [];
  for (const [name, value] of Object.entries(wanted)) {
    const pair = map.items.find(({ key }) => isScalar(key) && key.value === name);
    const inherited = isObject(said) ? said[name] : undefined;
    if (pair === undefined) {
      // What a merge key brings would be hidden by the new member.
      const whole = isObject(value) ? withMembers(inherited, value) : value;
      if (whole === undefined) return undefined;
      missing.push([name, whole]);
    } else {
      const inside = splicesAt(edit, pair, value, inherited);
      if (inside === undefined) return undefined;
      splices.push(...inside);
    }
  }
  const added = missing.length === 0 ? [] : insertedInto(edit, map, missing, parent);
  return added && [...added, ...splices];
}

function splicesAt(
  edit: Edit,
  pair: Pair,
  wanted: Json,
  said: Json | undefined,
): readonly Splice[] | undefined {
  const value = pair.value as Node | null;
  if (value === null || isNothing(value)) return filledIn(edit, pair, wanted);
  if (!isObject(wanted)) return replaced(edit, value, wanted);
  if (isMap(value)) return splicesInto(edit, value, wanted, said, pair);
  const flat = flatMap(withMembers(said, wanted));
  if (flat === undefined) return undefined;
  if (isAlias(value)) return replaced(edit, value, flat);
  const key = pair.key as Node;
  const from = behindColon(edit.text, key);
  if (!isSeq(value) || from === undefined) return undefined;
  const { text, style } = edit;
  const keyColumn = columnOf(text, key.range?.[0] ?? 0);
  return listToMap({ text, style, list: value, from, keyColumn }, flat);
}

function isNothing(node: Node): boolean {
  return isScalar(node) && node.value === null;
}

/** A value where there is nothing, or only an explicit null. */
function filledIn(edit: Edit, pair: Pair, wanted: Json): readonly Splice[] | undefined {
  const value = pair.value as Node | null;
  if (value !== null && isScalar(value) && value.source) return replaced(edit, value, wanted);
  const key = pair.key as Node;
  const colon = behindColon(edit.text, key);
  const fresh = ` ${flowText(wanted, edit.style)}`;
  if (colon !== undefined) return [{ from: colon, to: colon, text: fresh }];
  const end = key.range?.[1];
  return end === undefined ? undefined : [{ from: end, to: end, text: `:${fresh}` }];
}

/** The place behind a key's colon; undefined where it has none. */
function behindColon(text: string, { range }: Node): number | undefined {
  const [, end] = range ?? [];
  const blanks = end === undefined ? null : /^[ \t]*:/.exec(text.slice(end, end + 1_000));
  return end === undefined || blanks === null ? undefined : end + blanks[0].length;
}

/** A block scalar's stretch has the end of its line in it, which stays. */
function replaced(
  { text, style }: Edit,
  { range }: Node,
  wanted: Json,
): readonly Splice[] | undefined {
  const [from, end] = range ?? [];
  if (from === undefined || end === undefined) return undefined;
  const to = from + text.slice(from, end).trimEnd().length;
  return [{ from, to, text: flowText(wanted, style) }];
}

/** New members go first, where no comment of the members below can get between. */
function insertedInto(
  { text, style, insertion }: Edit,
  map: YAMLMap,
  members: readonly (readonly [string, Json])[],
  parent: Pair | undefined,
): readonly Splice[] | undefined {
  const start = map.range?.[0];
  if (start === undefined) return undefined;
  if (map.flow) {
    const rest = map.items.length > 0 ? "," : /^\s/.test(text.slice(start + 1)) ? "" : " ";
    return [{ from: start + 1, to: start + 1, text: ` ${flowMembers(members, style)}${rest}` }];
  }
  const lineEnd = lineEndOf(text);
  const indent = " ".repeat(columnOf(text, start));
  const lines = members.map((member) => flowMembers([member], style));
  const colon = parent === undefined ? undefined : behindColon(text, parent.key as Node);
  const below = colon === undefined ? 0 : text.indexOf("\n", colon) + 1;
  if (insertion === "below_key" && below > 0 && below <= start) {
    const fresh = lines.map((line) => `${indent}${line}${lineEnd}`).join("");
    return [{ from: below, to: below, text: fresh }];
  }
  const from = lineStartOf(text, start) === start ? aboveComment(text, start) : start;
  return [{ from, to: from, text: lines.map((line) => `${line}${lineEnd}${indent}`).join("") }];
}

/** Above the comment that stands right over a first member; one that begins the file is about the file. */
function aboveComment(text: string, start: number): number {
  let at = start;
  while (at > 0) {
    const above = lineStartOf(text, at - 1);
    if (!text.slice(above, at).trimStart().startsWith("#")) return at;
    at = above;
  }
  return start;
}

/** Of a text that says nothing, or only comments. */
function addedAtEnd({ text, style }: Edit, wanted: JsonObject): readonly Splice[] {
  const lineEnd = lineEndOf(text);
  const before = text === "" || text.endsWith("\n") ? "" : lineEnd;
  const lines = Object.entries(wanted).map((member) => flowMembers([member], style) + lineEnd);
  return [{ from: text.length, to: text.length, text: before + lines.join("") }];
}

function flatMap(json: Json | undefined): FlatMap | undefined {
  if (!isObject(json)) return undefined;
  const isFlat = Object.values(json).every((value) => value === null || typeof value !== "object");
  return isFlat ? (json as FlatMap) : undefined;
}

function isJsonText(text: string): boolean {
  if (!text.trimStart().startsWith("{")) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
