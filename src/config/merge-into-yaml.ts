import { isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type YAMLMap } from "yaml";

/** What a file is to say, as nested maps with plain values at their ends. */
export type Wanted = { readonly [name: string]: Wanted | string | number };

/** Text that takes the place of a stretch of the file. */
type Splice = { readonly from: number; readonly to: number; readonly text: string };

/**
 * A YAML text that says what is wanted, and otherwise what it said before: not another byte of it changes. A
 * list where a map is wanted is short for its items at latest, as with aliases. Undefined where the text is no
 * map, or has something else in a place, or something with an anchor, which others may share.
 */
export function mergedIntoYaml(text: string, wanted: Wanted): string | undefined {
  const document = parseDocument(text);
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined;
  const splices = splicesInto(document.contents, wanted, text);
  return splices
    ?.toSorted((left, right) => right.from - left.from)
    .reduce(
      (file, { from, to, text: fresh }) => file.slice(0, from) + fresh + file.slice(to),
      text,
    );
}

/** The splices that make a map say what is wanted; undefined where a place is something else. */
function splicesInto(map: YAMLMap, wanted: Wanted, text: string): readonly Splice[] | undefined {
  const missing: [string, Wanted | string | number][] = [];
  const splices: Splice[] = [];
  for (const [name, value] of Object.entries(wanted)) {
    const pair = map.items.find(({ key }) => isScalar(key) && key.value === name);
    const inside = pair === undefined ? [] : splicesAt(pair, value, text);
    if (inside === undefined) return undefined;
    splices.push(...inside);
    if (pair === undefined) missing.push([name, value]);
  }
  const added = missing.length === 0 ? [] : insertion(map, flowMembers(missing), text);
  return added === undefined ? undefined : [...splices, ...added];
}

function splicesAt(
  pair: Pair,
  wanted: Wanted | string | number,
  text: string,
): readonly Splice[] | undefined {
  const key = pair.key as Node;
  const value = pair.value as Node | null;
  if ((isMap(value) || isSeq(value) || isScalar(value)) && value.anchor !== undefined)
    return undefined;
  if (typeof wanted !== "object") return value === null ? undefined : replaced(value, flow(wanted));
  if (isMap(value)) return splicesInto(value, wanted, text);
  if (isSeq(value)) {
    const names = value.items.filter(isScalar).map((item) => String(item.value));
    const listed: Wanted = Object.fromEntries(names.map((name) => [name, "latest"]));
    return replaced(value, flow({ ...listed, ...wanted }));
  }
  const isNothing = value === null || (isScalar(value) && value.value === null);
  const after = key.range?.[1];
  if (!isNothing || after === undefined) return undefined;
  if (value !== null && isScalar(value) && value.source) return replaced(value, flow(wanted));
  const colon = text.indexOf(":", after) + 1;
  return [{ from: colon, to: colon, text: ` ${flow(wanted)}` }];
}

function replaced({ range }: Node, text: string): readonly Splice[] | undefined {
  if (range === null || range === undefined) return undefined;
  return [{ from: range[0], to: range[1], text }];
}

/** New members go first, where no comment of the members below can get between. */
function insertion(map: YAMLMap, members: string, text: string): readonly Splice[] | undefined {
  const start = map.range?.[0];
  if (start === undefined) return undefined;
  if (map.flow) {
    const rest = map.items.length === 0 ? " " : ",";
    return [{ from: start + 1, to: start + 1, text: ` ${members}${rest}` }];
  }
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const indent = " ".repeat(start - lineStart);
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  return [{ from: start, to: start, text: `${members}${lineEnd}${indent}` }];
}

function flow(wanted: Wanted | string | number): string {
  if (typeof wanted === "string") return plainText(wanted);
  if (typeof wanted === "number") return String(wanted);
  return `{ ${flowMembers(Object.entries(wanted))} }`;
}

/** Keys are plain where no YAML reader could take them for anything but a text. */
function flowMembers(members: readonly (readonly [string, Wanted | string | number])[]): string {
  return members.map(([name, value]) => `${plainText(name)}: ${flow(value)}`).join(", ");
}

function plainText(name: string): string {
  const isPlain =
    /^[a-z][a-z0-9_-]*$/.test(name) && !/^(null|true|false|yes|no|on|off|y|n)$/.test(name);
  return isPlain ? name : JSON.stringify(name);
}
