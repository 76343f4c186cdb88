import { isScalar, type Node, type YAMLSeq } from "yaml";
import { type FlowStyle, flowText, scalarText } from "./flow-yaml.ts";
import { columnOf, lineEndOf, type Splice } from "./splice.ts";

/** A map of names with plain values, as aliases are. */
export type FlatMap = { readonly [name: string]: string | number | null };

/** A list as the value of a key, whose colon stands before `from`. */
export type ListEdit = {
  readonly text: string;
  readonly list: YAMLSeq;
  readonly from: number;
  readonly keyColumn: number;
  readonly style: FlowStyle;
};

/**
 * The splices that make a list of names a map: on one line where nothing is lost by it, else item by item, so that
 * comments stay beside what they are about. Undefined where that cannot be done.
 */
export function listToMap(edit: ListEdit, map: FlatMap): readonly Splice[] | undefined {
  const { text, list, from } = edit;
  const [start, end] = stretchOf(list, text);
  if (end === undefined) return undefined;
  const isOnKeyLine = !text.slice(from, start).includes("\n");
  if (hasComment(text.slice(list.flow ? start : from, end))) {
    return list.flow ? flowItems(edit, map) : blockItems(edit, map);
  }
  if (list.flow || isOnKeyLine) return [{ from: start, to: end, text: flowText(map, edit.style) }];
  return [{ from, to: end, text: ` ${flowText(map, edit.style)}` }];
}

function flowItems(edit: ListEdit, map: FlatMap): readonly Splice[] | undefined {
  const { text, list, style } = edit;
  const [start, end] = stretchOf(list, text);
  const items = itemSplices(edit, map, (item) => item.range?.[0]);
  if (items === undefined || end === undefined) return undefined;
  const missing = missingFrom(list, map);
  const fresh = missing.map(([name, value]) => ` ${memberText(name, value, style)},`).join("");
  return [
    { from: start, to: start + 1, text: `{${fresh}` },
    ...items,
    { from: end - 1, to: end, text: "}" },
  ];
}

function blockItems(edit: ListEdit, map: FlatMap): readonly Splice[] | undefined {
  const { text, list, style, keyColumn } = edit;
  const [start] = stretchOf(list, text);
  const column = columnOf(text, start);
  // A list may stand at the column of its key, a map may not.
  const deeper = " ".repeat(Math.max(0, keyColumn + 2 - column));
  const items = itemSplices(edit, map, (item) => dashBefore(text, item.range?.[0]));
  const fresh = missingFrom(list, map)
    .map(
      ([name, value]) =>
        `${deeper}${memberText(name, value, style)}${lineEndOf(text)}${" ".repeat(column)}`,
    )
    .join("");
  const first: Splice = { from: start, to: start, text: fresh };
  const deepened = items?.map((item) => ({ ...item, text: deeper + item.text }));
  return deepened && [...(fresh === "" ? [] : [first]), ...deepened];
}

function itemSplices(
  { text, list, style }: ListEdit,
  map: FlatMap,
  startOf: (item: Node) => number | undefined,
): readonly Splice[] | undefined {
  const splices = list.items.flatMap((item): readonly Splice[] => {
    if (!isScalar(item) || item.anchor !== undefined || item.tag !== undefined) return [];
    const name = String(item.value);
    const from = startOf(item);
    const to = item.range?.[1];
    if (from === undefined || to === undefined) return [];
    const value = map[name] ?? null;
    const written = text.slice(item.range?.[0], to);
    const key = written.includes("\n") ? scalarText(name, style) : written;
    return [{ from, to, text: `${key}: ${flowText(value, style)}` }];
  });
  return splices.length < list.items.length ? undefined : splices;
}

/** The dash that makes an item of a scalar, if nothing but blanks is in between. */
function dashBefore(text: string, at: number | undefined): number | undefined {
  if (at === undefined) return undefined;
  const dash = text.lastIndexOf("-", at - 1);
  return dash >= 0 && /^[ \t]+$/.test(text.slice(dash + 1, at)) ? dash : undefined;
}

function missingFrom(list: YAMLSeq, map: FlatMap): readonly (readonly [string, FlatMap[string]])[] {
  const names = new Set(list.items.filter(isScalar).map((item) => String(item.value)));
  return Object.entries(map).filter(([name]) => !names.has(name));
}

function memberText(name: string, value: FlatMap[string], style: FlowStyle): string {
  return `${scalarText(name, style)}: ${flowText(value, style)}`;
}

/** From the first to behind the last character of a list; a block list ends with its last item. */
function stretchOf(list: YAMLSeq, text: string): readonly [number, number | undefined] {
  const [start, end] = list.range ?? [0, undefined];
  if (list.flow || end === undefined) return [start, end];
  const last = list.items.at(-1) as Node | undefined;
  const lastEnd = last?.range?.[1];
  return [start, lastEnd === undefined ? undefined : text.slice(0, lastEnd).trimEnd().length];
}

/** Whether there may be a comment; where it is only part of a string, nothing is lost by the care. */
function hasComment(stretch: string): boolean {
  return stretch.includes("#");
}
