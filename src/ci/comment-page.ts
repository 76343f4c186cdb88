import { isList, isObject, type Json } from "../agent/json.ts";
import type { Comment, CommentAuthor, ForgeResult, Page } from "./comments.ts";
import type { Answered } from "./forge-call.ts";

/** The comments of one page; entries of another shape are left out. */
export function pageOf(
  outcome: ForgeResult<Answered>,
  authorOf: (comment: Json | undefined) => CommentAuthor,
): ForgeResult<Page> {
  if (outcome.kind !== "done") return outcome;
  const { json, hasMore } = outcome.value;
  if (!isList(json)) return { kind: "doubtful", reason: "the answer is not a list of comments" };
  return { kind: "done", value: { comments: json.flatMap(read), isLast: !hasMore } };

  function read(item: Json): readonly Comment[] {
    if (!isObject(item)) return [];
    const { id, body } = item;
    if (typeof id !== "number" || typeof body !== "string") return [];
    return [{ id, body, author: authorOf(item) }];
  }
}

/** An outcome without its value. */
export function withoutValue(outcome: ForgeResult<Answered>): ForgeResult<undefined> {
  return outcome.kind === "done" ? { kind: "done", value: undefined } : outcome;
}

/** A string member of an object; undefined if the value is not an object. */
export function textMember(json: Json | undefined, name: string): string | undefined {
  const member = isObject(json) ? json[name] : undefined;
  return typeof member === "string" ? member : undefined;
}
