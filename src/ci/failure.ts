import { isList, isObject, type Json, parsedJson } from "../agent/json.ts";
import type { Position } from "../agent/position.ts";

/** The first failure of a run, from its JSON document. */
export type RunFailure = {
  readonly code: string;
  readonly message: string;
  /** The position in a file, if the failure is about a file; relative to where the command ran. */
  readonly position: Position | undefined;
};

/** The first failure in a document; undefined if it contains none. */
export function failureIn(document: string | undefined): RunFailure | undefined {
  const error = member(parsedJson(document), "error");
  const details = member(error, "details");
  const [first] = isList(details) ? details : [];
  const code = textOf(member(first, "code")) ?? textOf(member(error, "code"));
  const message = textOf(member(first, "message")) ?? textOf(member(error, "message"));
  if (code === undefined || message === undefined) return undefined;
  return { code, message, position: positionIn(first) };
}

/** The position in a detail; undefined if it contains none. */
export function positionIn(detail: Json | undefined): Position | undefined {
  const file = textOf(member(detail, "file"));
  if (file === undefined) return undefined;
  const [line, column] = ["line", "column"].map((name) => member(detail, name));
  return {
    file,
    line: typeof line === "number" ? line : 1,
    column: typeof column === "number" ? column : 1,
  };
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function member(json: Json | undefined, name: string): Json | undefined {
  return isObject(json) ? json[name] : undefined;
}
