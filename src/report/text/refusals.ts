import type { Refusal, Suspect } from "../../plan/refusal.ts";
import { type Line, styled } from "../words/line.ts";
import { positionText, refusalText, suspectText } from "../words/refusal.ts";

/** What forbids a plan: what it is, where it comes from, which agents it is about, and the way out. */
export function refusalLines(refusals: readonly Refusal[]): readonly Line[] {
  return refusals.flatMap((refusal) => {
    const { message, hint } = refusalText(refusal);
    const place: readonly Line[] =
      "at" in refusal && refusal.at !== undefined
        ? [["  ", styled("faint", positionText(refusal.at))]]
        : [];
    return [
      [
        styled("error", "refused"),
        styled("faint", `[${refusal.kind}]`),
        ": ",
        styled("strong", message),
      ],
      ...place,
      ...refusalSuspects(refusal).map((suspect): Line => ["  ", suspectText(suspect)]),
      ["  ", hint],
    ];
  });
}

/** The agents a refusal points at. */
export function refusalSuspects(refusal: Refusal): readonly Suspect[] {
  if ("suspects" in refusal) return refusal.suspects;
  return "others" in refusal ? refusal.others : [];
}
