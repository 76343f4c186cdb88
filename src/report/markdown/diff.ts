import { type ChangedWords, changedWords } from "../diff/changed-words.ts";
import { diffPrompts, type PromptDiff } from "../diff/prompt-diff.ts";
import { counted, truncated } from "../safe/truncate.ts";
import { promptDiffText } from "../text/prompt.ts";
import { lineWords } from "../words/line.ts";
import { fenced, headOf } from "./block.ts";
import { inlineCode } from "./inline.ts";

/** Most lines of a diff in one comment. */
const mostLines = 120;
const mostCharacters = 12_000;
/** Most lines whose words are listed, most stretches of one line, and longest stretch. */
const mostWords = 12;
const mostStretches = 6;
const longestWords = 80;

/** A change of a text: its size, and the lines as a diff with the changed words below. */
export type MarkdownDiff = { readonly sum: string; readonly body: string };

/** The differences of two texts, sanitized. */
export function markdownDiff(before: string, after: string): MarkdownDiff {
  const diff = diffPrompts(before, after);
  const lines = promptDiffText(diff).map(lineWords);
  const words = diff.kind === "hunks" ? changedWords(diff.hunks) : [];
  const more = words.length - mostWords;
  const list = [
    ...words.slice(0, mostWords).map(wordsItem),
    ...(more > 0 ? [`- … words in ${counted(more, "more line")}`] : []),
  ];
  const blocks = [
    fenced("diff", headOf(lines, mostLines, mostCharacters)),
    ...(list.length > 0 ? [`Changed words:\n\n${list.join("\n")}`] : []),
  ];
  return { sum: sumText(diff), body: blocks.join("\n\n") };
}

/** Pairs of stretches if both sides have equally many, else one side after the other. */
function wordsItem({ line, before, after }: ChangedWords): string {
  const pairs =
    before.length === after.length
      ? before.map((words, at) => `${wordsCode(words)} → ${wordsCode(after[at] ?? "")}`)
      : [`${sideText(before)} → ${sideText(after)}`];
  return `- line ${line}: ${boundedList(pairs)}`;
}

function sideText(stretches: readonly string[]): string {
  return stretches.length === 0 ? "nothing" : boundedList(stretches.map(wordsCode));
}

function boundedList(items: readonly string[]): string {
  const more = items.length - mostStretches;
  return items.slice(0, mostStretches).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** In quotes, because spaces alone would be invisible. */
function wordsCode(words: string): string {
  return inlineCode(truncated(words.trim() === "" ? JSON.stringify(words) : words, longestWords));
}

function sumText(diff: PromptDiff): string {
  if (diff.kind === "rewritten") {
    return `rewritten, ${diff.before.length} → ${counted(diff.after.length, "line")}`;
  }
  const count = (kind: "added" | "removed") =>
    diff.hunks.flat().filter((row) => row.kind === kind).length;
  const [added, removed] = [count("added"), count("removed")];
  if (added === 0) return `${counted(removed, "line")} removed`;
  return `${counted(added, "line")} added${removed === 0 ? "" : `, ${removed} removed`}`;
}
