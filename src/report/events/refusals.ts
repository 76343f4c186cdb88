import type { Refusal } from "../../plan/refusal.ts";
import { refusalJson } from "../refusal-json.ts";
import { type ErrorWords, errorList } from "../words/error-words.ts";
import { refusalPart } from "../words/refusal-part.ts";

/** Refusals as one error. */
export function refusalList(refusals: readonly Refusal[]): ErrorWords {
  return errorList(refusals.map(refusalPart), refusals.map(refusalJson));
}
