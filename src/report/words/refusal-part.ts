import type { Refusal } from "../../plan/refusal.ts";
import type { ErrorPart } from "./error-words.ts";
import { styled } from "./line.ts";
import { positionText } from "./position.ts";
import { refusalSuspects, refusalText, suspectText } from "./refusal.ts";

/** A refusal as people read it: what it is, where it comes from, which agents it is about, and the way out. */
export function refusalPart(refusal: Refusal): ErrorPart {
  const { message, hint } = refusalText(refusal);
  return {
    mark: "refused",
    code: refusal.kind,
    keys: keysOf(refusal),
    head: [styled("strong", message)],
    ...("at" in refusal && refusal.at !== undefined && { place: positionText(refusal.at) }),
    next: [...refusalSuspects(refusal).map(suspectText), hint],
  };
}

function keysOf(refusal: Refusal): readonly string[] {
  if ("key" in refusal && refusal.key !== undefined) return [refusal.key];
  return "keys" in refusal ? refusal.keys : [];
}
