import { sanitizedForLogs, sanitizedLine } from "../safe/sanitize.ts";

/**
 * Words that mean nothing to anybody who reads Markdown: letters with apostrophes or hyphens among them, numbers,
 * arrows; quotes and brackets around, punctuation behind.
 */
const harmless =
  /^["'(]*(?:\p{L}[\p{L}\p{M}\p{N}]*(?:['’-]\p{L}[\p{L}\p{M}\p{N}]*)*|\d{1,6}(?:\.\d{1,6})?%?|[→↩✓✗…–·])[)"'.,;:?]*$/u;

/** What a forge makes a link of although it is a word: the beginning of a commit's digest, or of an address. */
const linkLike = /[0-9a-f]{7}|www\./i;
/** What begins a list. */
const numeral = /^\d+[.)]+$/;

/** What stands between backticks or braces in our own sentences, or a word. */
const pieces = /(?<!\S)(?:`[^`]+`|\{[^{}`]+\})[.,;:)]*(?!\S)|\S+/gu;
/** A word without the brackets and the punctuation around it. */
const dressed = /^(["'(]*)(.+?)([)"'.,;:?]*)$/su;

/**
 * A text as a stretch of Markdown that shows it and does nothing else: no emphasis, link, mention, reference,
 * emoji or HTML, on GitHub or on GitLab. Every word that could be one is inline code.
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

/** A text as inline code, whatever backticks it has. */
export function inlineCode(text: string): string {
  const line = sanitizedForLogs(sanitizedLine(text)).replaceAll("\t", " ");
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  // A space at both ends is taken away again, and keeps backticks and spaces of the text apart from the fence.
  const needsSpace = line === "" || /^[ `]|[ `]$/.test(line);
  return needsSpace ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}
