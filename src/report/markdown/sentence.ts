import { truncated } from "../safe/truncate.ts";
import { type Line, lineWords } from "../words/line.ts";
import { inertText, inlineCode } from "./inline.ts";

/** Longest sentence. */
const longestSentence = 1_000;

/** Longest name of an agent with a pointer. */
const longestName = 160;

/** A sentence in which names from elsewhere may stand: bounded, and nothing in it acts. */
export function sentence(text: string): string {
  return inertText(truncated(text, longestSentence));
}

/** A sentence that stands out. Without words, two pairs of stars would be four stars. */
export function boldSentence(text: string): string {
  const words = sentence(text);
  return words === "" ? inlineCode("") : `**${words}**`;
}

/** A line of a text report as a sentence. */
export function lineSentence(line: Line): string {
  return sentence(lineWords(line).trim());
}

/** The same with its first words, which are ours and set apart in the text report as well, in bold. */
export function leadSentence(line: Line): string {
  const [lead, ...rest] = line;
  if (lead === undefined || typeof lead === "string") return lineSentence(line);
  return `**${lead.text}** ${lineSentence(rest)}`.trimEnd();
}

/** A line about a step of an apply: what stands out in the text report is code here. */
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

/** An item of a list with more below it. An item without words would make a title of the line above. */
export function sentenceItem(head: string, more: readonly string[]): string {
  const below = more.filter((each) => each !== "").map((each) => `  - ${each}`);
  return [`- ${head}`, ...below].join("\n");
}
