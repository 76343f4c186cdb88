import { unprocessable } from "./answers.ts";
import { isObject, parseJson } from "./json.ts";

/**
 * The opaque token of a page that starts after this position; undefined is the beginning. It contains characters that
 * must be encoded in a URL, as real tokens do.
 */
export function writeCursor(after: number | undefined): string {
  return btoa(JSON.stringify({ after: after ?? null }));
}

/** The position in a token. Throws 422 for a token that this server did not create. */
export function readCursor(token: string | undefined): number | undefined {
  if (token === undefined) return undefined;
  const value = parseJson(decoded(token));
  const after = isObject(value) ? value.after : undefined;
  if (typeof after === "number") return after;
  if (after === null) return undefined;
  throw unprocessable([
    {
      type: "value_error",
      loc: ["query", "page_token"],
      msg: "Value error, invalid page token",
      input: token,
    },
  ]);
}

function decoded(token: string): string {
  try {
    return atob(token);
  } catch {
    return "";
  }
}
