import { isList, isObject, type Json } from "../agent/json.ts";
import type { Comment, CommentAuthor, ForgeResult, Page } from "./comments.ts";
import type { Answered } from "./forge-call.ts";

/** Comments of one page; what is none of the expected form is left out. */
export function pageOf(
  outcome: ForgeResult<Answered>,
  authorOf: (comment: Json | undefined) => CommentAuthor,
): ForgeResult<Page> {
  if (outcome.kind !== "done") return outcome;
  const { json, hasMore } = outcome.value;
  if (!isList(json)) return { kind: "doubtful", reason: "the answer is no list of comments" };
  return { kind: "done", value: { comments: json.flatMap(read), isLast: !hasMore } };

  function read(item: Json): readonly Comment[] {
    if (!isObject(item)) return [];
    const { id, body } = item;
    if (typeof id !== "number" || typeof body !== "string") return [];
    return [{ id, body, author: authorOf(item) }];
  }
}

/** An outcome of which only matters that it was done. */
export function withoutValue(outcome: ForgeResult<Answered>): ForgeResult<undefined> {
  return outcome.kind === "done" ? { kind: "done", value: undefined } : outcome;
}

/** A text member of an object that may be none. */
export function textMember(json: Json | undefined, name: string): string | undefined {
  const member = isObject(json) ? json[name] : undefined;
  return typeof member === "string" ? member : undefined;
}
