import type { PageAgent, PageChange, PageValue } from "../report/html/data.ts";
import type { Line } from "../report/words/line.ts";

/** What the list is searched and filtered for. */
export type Query = {
  /** Words that must all occur, in any order and letter case. */
  readonly words: readonly string[];
  /** Actions, any of which must match; an empty set matches all. */
  readonly actions: ReadonlySet<string>;
  /** Flags that must all be present. */
  readonly flags: ReadonlySet<string>;
};

/** The words of a search. */
export function wordsOf(typed: string): readonly string[] {
  return typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
}

/** Whether an agent passes the filters. */
export function passes({ actions, flags }: Query, agent: PageAgent): boolean {
  if (actions.size > 0 && !actions.has(agent.action)) return false;
  return [...flags].every((flag) => agent.flags.some((each) => each === flag));
}

/** Whether an agent contains all words; its text is made only if there are words. */
export function hasWords({ words }: Query, text: () => SearchText): boolean {
  if (words.length === 0) return true;
  const { line, below } = text();
  return words.every((word) => line.includes(word) || below.includes(word));
}

/** Whether a match is in the details of an agent. A single letter is not enough to open it. */
export function isBelow({ words }: Query, text: () => SearchText): boolean {
  const worthwhile = words.filter((word) => word.length > 1 || word > "\u007f");
  return worthwhile.length > 0 && worthwhile.some((word) => text().below.includes(word));
}

/** The matches of the words in a text, in order; matches that overlap or touch are merged. */
export function stretches(
  text: string,
  words: readonly string[],
): readonly (readonly [number, number])[] {
  const lower = lowered(text);
  const found = words.flatMap((word) => placesOf(lower, word)).sort((a, b) => a[0] - b[0]);
  const joined: [number, number][] = [];
  for (const [start, end] of found) {
    const last = joined.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}

function placesOf(text: string, word: string): readonly [number, number][] {
  const places: [number, number][] = [];
  for (let at = text.indexOf(word); at >= 0 && word !== ""; at = text.indexOf(word, at + 1)) {
    places.push([at, at + word.length]);
  }
  return places;
}

/** In lower case with the same length; letters whose lower case is longer stay as they are. */
function lowered(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return Array.from(text, (each) => {
    const small = each.toLowerCase();
    return small.length === each.length ? small : each;
  }).join("");
}

/** All text of an agent in the report, in lower case: its line, and its details. */
export type SearchText = { readonly line: string; readonly below: string };

/** The searchable text of an agent. */
export function searchText(agent: PageAgent): SearchText {
  const { key, name, action, about, flags } = agent;
  return {
    line: [key, name, action, about, ...flags].join("\n").toLowerCase(),
    below: textBelow(agent),
  };
}

function textBelow(agent: PageAgent): string {
  return [
    agent.id,
    ...[...agent.remarks, ...agent.steps].map(lineText),
    ...agent.timeline.flatMap(({ pointers }) => pointers.map(({ name }) => name)),
    ...agent.changes.flatMap(changeTexts),
  ]
    .join("\n")
    .toLowerCase();
}

function lineText(line: Line): string {
  return line.map((span) => (typeof span === "string" ? span : span.text)).join("");
}

function changeTexts({ path, origin, value }: PageChange): readonly string[] {
  return [path, origin, ...valueTexts(value)];
}

function valueTexts(value: PageValue): readonly string[] {
  switch (value.kind) {
    case "short":
      return [value.before ?? "", value.after ?? ""];
    case "whole":
      return value.text.lines;
    case "rewritten":
      return [...value.before.lines, ...value.after.lines];
    case "diff":
      return value.hunks.flatMap((hunk) =>
        hunk.map(({ parts }) => parts.map(({ text }) => text).join("")),
      );
  }
}
