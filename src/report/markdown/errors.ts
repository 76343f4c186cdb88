import type { RunError } from "../run-error.ts";
import { truncated } from "../safe/truncate.ts";
import type { ErrorPart } from "../words/error-words.ts";
import { lineWords } from "../words/line.ts";
import { fenced, headOf } from "./block.ts";
import type { Piece, Section } from "./fit.ts";
import { inlineCode } from "./inline.ts";
import { dangers, restOf } from "./section.ts";
import { boldSentence, sentence, sentenceItem, stepSentence } from "./sentence.ts";

/** Longest line of a quotation. */
const longestLine = 400;
/** How much of a stack, a conversation or a gate's output is shown. */
const mostLines = 30;
const mostCharacters = 4_000;

/** What went wrong in a run, but for what forbids its plan. */
export function errorSection(errors: readonly RunError[]): Section {
  return {
    title: "#### Errors",
    layout: "list",
    pieces: errors.flatMap(({ exit, parts }) =>
      parts
        .filter(({ mark }) => mark !== "refused")
        .map((part) => errorPiece(part, exit === 6 ? dangers.repair : dangers.error)),
    ),
    rest: restOf("error"),
  };
}

function errorPiece(part: ErrorPart, danger: number): Piece {
  const head = headText(part);
  const full = () => sentenceItem(head + quotation(part), nextSentences(part));
  // A repair is of no use without its command.
  return { danger, forms: danger === dangers.repair ? [full] : [() => `- ${head}`, full] };
}

/** A step names what it was about; other sentences are bold. */
function headText({ head, place }: ErrorPart): string {
  if (head.length > 1) return stepSentence(head);
  const text = boldSentence(lineWords(head));
  return place === undefined ? text : `${text}, ${sentence(place)}`;
}

/** The lines that show it, in a fence inside the item. */
function quotation({ quote = [], output = [] }: ErrorPart): string {
  const lines = [...quote.map(lineWords), ...output].map((line) => truncated(line, longestLine));
  if (lines.length === 0) return "";
  const fence = fenced("text", headOf(lines, mostLines, mostCharacters));
  return `\n\n${fence.replaceAll(/^/gm, "  ")}\n`;
}

function nextSentences({ next, command }: ErrorPart): readonly string[] {
  const sentences = next.map(sentence);
  if (command === undefined) return sentences;
  const last = `${sentences.at(-1) ?? ""} ${inlineCode(command)}`.trimStart();
  return [...sentences.slice(0, -1), last];
}
