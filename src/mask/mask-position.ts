import type { Position } from "../agent/position.ts";
import { members, own, type Rule } from "./rule.ts";

/** Masks the path of a file; its line and column hold no text. */
export const maskPosition: Rule<Position> = members<Position>({ file: own });
