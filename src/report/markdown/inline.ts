import { sanitizedForLogs, sanitizedLine } from "../safe/sanitize.ts";

/**
 * Words without a meaning in Markdown: letters with apostrophes or hyphens between them, numbers, arrows; with quotes,
 * brackets and punctuation around them.
 */
const harmless =
  /^["'(]*(?:\p{L}[\p{L}\p{M}\p{N}]*(?:['’-]\p{L}[\p{L}\p{M}\p{N}]*)*|\d{1,6}(?:\.\d{1,6})?%?|[→↩✓✗…–·])[)"'.,;:?]*$/u;

/** Words that forges turn into links: the start of a commit hash, or of an address. */
const linkLike = /[0-9a-f]{7}|www\./i;
/** The start of a numbered list. */
const numeral = /^\d+[.)]+$/;

/** A word, or text between backticks or braces in our own sentences. */
const pieces = /(?<!\S)(?:`[^`]+`|\{[^{}`]+\})[.,;:)]*(?!\S)|\S+/gu;
/** A word without the brackets and punctuation around it. */
const dressed = /^(["'(]*)(.+?)([)"'.,;:?]*)$/su;

/**
 * A text as Markdown that only shows it: without emphasis, links, mentions, references, emoji or HTML, on GitHub and
 * GitLab. Every word that could be one of these becomes inline code.
 */
export function inertText(text: string): string {
  const words = sanitizedLine(text).match(pieces) ?? [];
  return words.map(inertWord).join(" ");
}

function inertWord(word: string): string {
  const quoted = /^`([^`]+)`([.,;:)]*)$/u.exec(word);
  if (quoted !== null) return `${inlineCode(quoted[1] ?? "")}${quoted[2] ?? ""}`;
  if (harmless.test(word) && !linkLike.test(word) && !numeral.test(word)) return word;
  const [, before = "", core = word, after = ""] = dressed.exec(word) ?? [];
  return `${before}${inlineCode(core)}${after}`;
}

/** A text as inline code, with any backticks in it. */
export function inlineCode(text: string): string {
  const line = sanitizedForLogs(sanitizedLine(text)).replaceAll("\t", " ");
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  // A space at both ends is removed by renderers, and separates backticks and spaces of the text from the fence.
  const needsSpace = line === "" || /^[ `]|[ `]$/.test(line);
  return needsSpace ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}
