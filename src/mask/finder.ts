import type { Pattern } from "./pattern.ts";

/** A stretch of a text: the index of its first character, and the index after its last one. */
export type Stretch = readonly [start: number, end: number];

/** Finds every stretch of a text that one of many patterns matches, in order and without overlaps. */
export type Finder = (text: string) => readonly Stretch[];

/** Longer anchors allow longer skips and occur in fewer texts. */
const longestAnchor = 16;

/**
 * A finder for patterns. One pass over a text searches for the anchors of all patterns (after S. Wu and U. Manber, "A
 * fast algorithm for multi-pattern searching", 1994), so the number of patterns hardly matters. The expression of a
 * pattern runs only on texts that contain its anchor.
 */
export function finderOf(patterns: readonly Pattern[]): Finder {
  const anchored = patterns.filter(({ anchor }) => anchor !== "");
  const others = patterns.filter(({ anchor }) => anchor === "");
  const candidatesIn = anchorSearch(anchored);
  return (text) => {
    const candidates = [...candidatesIn(text), ...others];
    if (candidates.length === 0) return [];
    return joined(candidates.flatMap(({ expression }) => stretchesOf(expression, text)));
  };
}

type Entry = { readonly anchor: string; readonly offset: number; readonly pattern: Pattern };

/** The patterns whose anchor occurs in a text, each once. */
function anchorSearch(patterns: readonly Pattern[]): (text: string) => Iterable<Pattern> {
  if (patterns.length === 0) return () => [];
  const length = Math.min(longestAnchor, ...patterns.map(({ anchor }) => anchor.length));
  const step = length - 2;
  const table = new Map<number, Entry[]>();
  const seen = new Uint8Array(0x10000);
  for (const pattern of patterns) {
    const anchor = pattern.anchor.slice(0, length);
    for (let offset = 0; offset + 3 <= length; offset += 1) {
      const hash = hashAt(anchor, offset);
      seen[hash] = 1;
      table.set(hash, [...(table.get(hash) ?? []), { anchor, offset, pattern }]);
    }
  }
  return (text) => {
    let found: Set<Pattern> | undefined;
    for (let at = 0; at + 3 <= text.length; at += step) {
      const hash = hashAt(text, at);
      if (seen[hash] === 0) continue;
      for (const { anchor, offset, pattern } of table.get(hash) ?? []) {
        if (!text.startsWith(anchor, at - offset) || at < offset) continue;
        found ??= new Set();
        found.add(pattern);
      }
    }
    return found ?? [];
  };
}

/** Three characters as a number. Anchors are ASCII; other characters may collide. */
function hashAt(text: string, at: number): number {
  const [first, second] = [text.charCodeAt(at), text.charCodeAt(at + 1)];
  return (first ^ (second << 4) ^ (text.charCodeAt(at + 2) << 9)) & 0xffff;
}

/** Also finds overlapping matches: otherwise a part of a second secret would remain. */
function stretchesOf(expression: RegExp, text: string): readonly Stretch[] {
  const stretches: Stretch[] = [];
  expression.lastIndex = 0;
  for (let match = expression.exec(text); match !== null; match = expression.exec(text)) {
    const end = match.index + match[0].length;
    stretches.push([match.index, end]);
    // Never between the two code units of one character, where the same match would be found again.
    expression.lastIndex = match.index + ((text.codePointAt(match.index) ?? 0) > 0xffff ? 2 : 1);
  }
  return stretches;
}

function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const sorted = stretches.toSorted((left, right) => left[0] - right[0]);
  const found: Stretch[] = [];
  for (const [start, end] of sorted) {
    const last = found.at(-1);
    if (last === undefined || start >= last[1]) found.push([start, end]);
    else if (end > last[1]) found[found.length - 1] = [last[0], end];
  }
  return found;
}
