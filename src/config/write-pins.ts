import { isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type YAMLMap } from "yaml";

/** Where an alias of an agent is to be pinned. */
export type PinnedAlias = {
  readonly key: string;
  readonly alias: string;
  readonly version: number;
};

/** What a file is to say, as nested maps with the places of aliases at their ends. */
type Wanted = { readonly [name: string]: Wanted | Place };

/** Where an alias is to stand. */
type Place = number | "latest";

/** Text that takes the place of a stretch of the file. */
type Splice = { readonly from: number; readonly to: number; readonly text: string };

/**
 * A YAML file of a configuration with aliases pinned to versions: those of its agents, or of the agents of an
 * environment. Not a byte but the pins changes. Undefined when the file cannot hold them.
 */
export function withPins(
  text: string,
  environment: string,
  pins: readonly PinnedAlias[],
): string | undefined {
  return merged(text, wantedBy(environment, pins));
}

/** The same for a Markdown file, which is one agent: its front matter says where its aliases stand. */
export function withPinsInFrontMatter(
  text: string,
  pins: readonly PinnedAlias[],
): string | undefined {
  const aliases = Object.fromEntries(pins.map(({ alias, version }) => [alias, version]));
  const matter = /^(---\r?\n)([\s\S]*?)(^---\r?$)/m.exec(text);
  if (matter === null || matter.index !== 0)
    return `---\n${flowMembers([["aliases", aliases]])}\n---\n${text}`;
  const [, open = "", inside = ""] = matter;
  const fresh = merged(inside, { aliases });
  return fresh && text.slice(0, open.length) + fresh + text.slice(open.length + inside.length);
}

function merged(text: string, wanted: Wanted): string | undefined {
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

function wantedBy(environment: string, pins: readonly PinnedAlias[]): Wanted {
  const agents: Record<string, { aliases: Record<string, number> }> = {};
  for (const { key, alias, version } of pins) {
    const agent = agents[key] ?? { aliases: {} };
    agent.aliases[alias] = version;
    agents[key] = agent;
  }
  return environment === "" ? { agents } : { environments: { [environment]: { agents } } };
}

/** The splices that make a map say what is wanted; undefined where a place is something else. */
function splicesInto(map: YAMLMap, wanted: Wanted, text: string): readonly Splice[] | undefined {
  const missing: [string, Wanted | Place][] = [];
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
  wanted: Wanted | Place,
  text: string,
): readonly Splice[] | undefined {
  const key = pair.key as Node;
  const value = pair.value as Node | null;
  // Other agents may share what has an anchor.
  if ((isMap(value) || isSeq(value) || isScalar(value)) && value.anchor !== undefined)
    return undefined;
  if (typeof wanted !== "object")
    return value === null ? undefined : replaced(value, String(wanted));
  if (isMap(value)) return splicesInto(value, wanted, text);
  if (isSeq(value)) {
    // A list of aliases is short for all of them at latest.
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

function flow(wanted: Wanted | Place): string {
  if (typeof wanted !== "object") return String(wanted);
  return `{ ${flowMembers(Object.entries(wanted))} }`;
}

/** Keys and aliases are plain in YAML whatever they are, but for those that read as numbers or words. */
function flowMembers(members: readonly (readonly [string, Wanted | Place])[]): string {
  return members.map(([name, value]) => `${plainKey(name)}: ${flow(value)}`).join(", ");
}

function plainKey(name: string): string {
  const isPlain = /^[a-z][a-z0-9_-]*$/.test(name) && !/^(null|true|false)$/.test(name);
  return isPlain ? name : JSON.stringify(name);
}
