import type { PageAgent, PageChange, PageValue } from "../report/html-data.ts";
import type { Line } from "../report/line.ts";

/** What a person asks the list for. */
export type Query = {
  /** Words that must all be there, in any order and case. */
  readonly words: readonly string[];
  /** Actions of which any will do; none is all. */
  readonly actions: ReadonlySet<string>;
  /** Flags that must all be there. */
  readonly flags: ReadonlySet<string>;
};

/** What somebody typed, as words. */
export function wordsOf(typed: string): readonly string[] {
  return typed
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
}

/** Whether an agent is asked for; its text is only made when there are words to look for. */
export function matches(query: Query, agent: PageAgent, text: () => string): boolean {
  const { words, actions, flags } = query;
  if (actions.size > 0 && !actions.has(agent.action)) return false;
  if (![...flags].every((flag) => agent.flags.some((each) => each === flag))) return false;
  if (words.length === 0) return true;
  const found = text();
  return words.every((word) => found.includes(word));
}

/** All that the report says about an agent, in lower case. */
export function searchText(agent: PageAgent): string {
  return [
    agent.key,
    agent.name,
    agent.id,
    agent.action,
    agent.about,
    ...agent.flags,
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
