import { truncated } from "../safe/truncate.ts";
import { type Line, lineWords } from "../words/line.ts";
import { inertText, inlineCode } from "./inline.ts";

/** Longest sentence. */
const longestSentence = 1_000;

/** Longest name of an agent with a pointer. */
const longestName = 160;

/** A sentence that may contain names from outside: truncated and sanitized. */
export function sentence(text: string): string {
  return inertText(truncated(text, longestSentence));
}

/** A bold sentence. Empty text would leave four asterisks, so it stays empty. */
export function boldSentence(text: string): string {
  const words = sentence(text);
  return words === "" ? inlineCode("") : `**${words}**`;
}

/** A line of the text format as a sentence. */
export function lineSentence(line: Line): string {
  return sentence(lineWords(line).trim());
}

/** The same with its first words in bold, which are our own and emphasized in the text format too. */
export function leadSentence(line: Line): string {
  const [lead, ...rest] = line;
  if (lead === undefined || typeof lead === "string") return lineSentence(line);
  return `**${lead.text}** ${lineSentence(rest)}`.trimEnd();
}

/** A line about a step of an apply; emphasized parts of the text format become code. */
export function stepSentence(line: Line): string {
  return line
    .map((span) =>
      typeof span !== "string" && span.style === "strong"
        ? inlineCode(truncated(span.text, longestName))
        : sentence(typeof span === "string" ? span : span.text),
    )
    .filter((text) => text !== "")
    .join(" ");
}

/** A list item with more lines below it. An item without words would turn the line above into a heading. */
export function sentenceItem(head: string, more: readonly string[]): string {
  const below = more.filter((each) => each !== "").map((each) => `  - ${each}`);
  return [`- ${head}`, ...below].join("\n");
}
