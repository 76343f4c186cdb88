import type { TranscriptLine } from "../../agent/transcript.ts";
import { counted, truncated } from "../safe/truncate.ts";
import { type Line, styled } from "./line.ts";

/** Longest text of one line, and most lines: a conversation may have any length. */
const longestText = 600;
const mostLines = 60;

/** A conversation as text, with each line of a message on its own line. */
export function transcriptText(transcript: readonly TranscriptLine[]): readonly Line[] {
  const lines = transcript.flatMap(lineText);
  if (lines.length <= mostLines) return lines;
  const left = lines.length - mostLines;
  return [...lines.slice(0, mostLines), [styled("faint", `… ${counted(left, "more line")}`)]];
}

function lineText(line: TranscriptLine): readonly Line[] {
  switch (line.kind) {
    case "user":
      return spoken("user", line.text);
    case "message":
      return spoken(line.agent, line.text);
    case "call":
    case "tool":
      return [
        [
          ...speaker(line.agent),
          styled("faint", line.kind === "call" ? "calls " : "uses "),
          `${line.name} ${truncated(line.arguments, longestText)}`,
        ],
      ];
    case "result":
      return spoken(line.name === "" ? "function" : line.name, line.text);
    case "handoff":
      return [[...speaker(line.from), styled("faint", "hands off to "), line.to]];
    case "other":
      return [[styled("faint", `(${line.type})`)]];
  }
}

function speaker(name: string): Line {
  return [styled("strong", name), styled("faint", " │ ")];
}

function spoken(name: string, text: string): readonly Line[] {
  return truncated(text, longestText)
    .split("\n")
    .map((each) => [...speaker(name), each]);
}
