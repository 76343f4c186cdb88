import type { RunEvent } from "../../commands/event.ts";
import type { Problem } from "../../config/problem.ts";
import { truncated } from "../safe/truncate.ts";
import { eventText } from "../text/event.ts";
import type { Failure } from "../text/message.ts";
import { excerptLines } from "../text/problems.ts";
import { checkFailedText, failingTryText } from "../words/check.ts";
import { gateFailureText, stepFailureText } from "../words/failure.ts";
import { indented, type Line, lineWords } from "../words/line.ts";
import { pointerText, versionText } from "../words/pointer-move.ts";
import { problemText } from "../words/problem.ts";
import { positionText } from "../words/refusal.ts";
import { repairCommand } from "../words/repair.ts";
import { fenced, headOf } from "./block.ts";
import type { Piece } from "./fit.ts";
import { inlineCode } from "./inline.ts";
import { boldSentence, lineSentence, sentence, sentenceItem, stepSentence } from "./sentence.ts";

type Stuck = Extract<RunEvent, { kind: "revert_failed" }>;
type FailedCheck = Extract<RunEvent, { kind: "check_failed" }>;
type FailedGate = Extract<RunEvent, { kind: "gate_failed" }>;

/** No event that is told here is a plan. */
const untold = { planText: () => [], driftText: () => [], changesText: () => [] };

/** Longest name of a pointer of an agent. */
const longestName = 160;
/** Longest line of what a gate says. */
const longestLine = 400;
/** How much of a stack, or of what a gate says, is shown. */
const mostLines = 30;
const mostCharacters = 4_000;

/** What an event tells of as an error, but for the refusals of a plan; nothing for all others. */
export function troublePieces(event: RunEvent, server: string, danger: number): readonly Piece[] {
  switch (event.kind) {
    case "planned":
    case "drift_found":
    case "refused":
      return [];
    case "config_invalid":
      return event.problems.map((problem) => problemPiece(problem, danger));
    case "revert_failed":
      return [stuckPiece(event, server, danger + 1)];
    case "gate_failed":
      return [gatePiece(event, danger)];
    case "check_failed":
      return [checkPiece(event, danger)];
    case "crashed":
      return [crashPiece(event.stack, danger)];
    default:
      return eventText(event, { ...untold, server }).flatMap((message) => {
        if (message.as === "error") return [failurePiece(message, danger)];
        return message.as === "errors" ? [linesPiece(message.lines, danger)] : [];
      });
  }
}

/** The first line says what, those below it why and what to do. A step of an apply names what it was about. */
function failurePiece({ code, head, more }: Failure, danger: number): Piece {
  const title = code === undefined ? stepSentence(head) : boldSentence(lineWords(head));
  return { danger, forms: [() => `- ${title}`, () => sentenceItem(title, more.map(lineSentence))] };
}

function linesPiece([first = [], ...more]: readonly Line[], danger: number): Piece {
  const head = stepSentence(first);
  return { danger, forms: [() => `- ${head}`, () => sentenceItem(head, more.map(lineSentence))] };
}

function problemPiece(problem: Problem, danger: number): Piece {
  const { message, expected, hint } = problemText(problem);
  const head = `${boldSentence(message)}, ${sentence(positionText(problem.at))}`;
  const excerpt = excerptLines(problem).map((line) => lineWords(line).slice(2));
  const more = [
    ...(expected === undefined ? [] : [sentence(`expected ${expected}`)]),
    ...(hint === undefined ? [] : [sentence(hint)]),
  ];
  const inItem = indentedFence("text", excerpt);
  return {
    danger,
    forms: [() => `- ${head}`, () => sentenceItem(head + inItem, more)],
  };
}

/** A pointer that could not be reverted: where it should stand, and the command that puts it there. */
function stuckPiece(event: Stuck, server: string, danger: number): Piece {
  const { key, pointer, to, failure } = event;
  const command = repairCommand(server, event);
  const name = inlineCode(truncated(`${key} ${pointerText(pointer)}`, longestName));
  const head = `**reverting** ${name}: ${sentence(stepFailureText(failure))}`;
  const target = `it should stand at ${versionText(to)}`;
  const repair =
    command === undefined
      ? `${target}: apply again`
      : `${target}; to repair it by hand: ${inlineCode(command)}`;
  return { danger, forms: [() => sentenceItem(head, [repair])] };
}

/** A gate that kept the release from happening, with what it said last. */
function gatePiece(event: FailedGate, danger: number): Piece {
  const head = boldSentence(`${gateFailureText(event)}; nothing is released`);
  const lines = event.output.map((line) => truncated(line, longestLine));
  const said = indentedFence("text", headOf(lines, mostLines, mostCharacters));
  return { danger, forms: [() => `- ${head}`, () => `- ${head}${said}`] };
}

/** A check that kept the release from happening, with the conversation. */
function checkPiece(event: FailedCheck, danger: number): Piece {
  const head = boldSentence(checkFailedText(event));
  const lines = indented(failingTryText(event), 2).map((line) =>
    truncated(lineWords(line), longestLine),
  );
  const conversation = indentedFence("text", headOf(lines, mostLines, mostCharacters));
  return { danger, forms: [() => `- ${head}`, () => `- ${head}${conversation}`] };
}

function crashPiece(stack: string, danger: number): Piece {
  const head = "**This is a bug in agentvane.** Please report it with these lines:";
  const lines = headOf(stack.split("\n"), mostLines, mostCharacters);
  return { danger, forms: [() => `- ${head}`, () => `- ${head}${indentedFence("text", lines)}`] };
}

/** A fence inside an item of a list; nothing where there is nothing to show. */
function indentedFence(language: string, lines: readonly string[]): string {
  if (lines.length === 0) return "";
  return `\n\n${fenced(language, lines).replaceAll(/^/gm, "  ")}\n`;
}
