import type { SourceRange } from "./source-text.ts";
import type { Scalar } from "./tree.ts";

/** The text of a file, or of the end of one, as a value: CRLF is LF, and one newline at the end is dropped. */
export function fileText(range: SourceRange): Scalar {
  const stored = range.source.text.slice(range.start, range.end);
  const value = stored.replaceAll("\r\n", "\n").replace(/\n$/, "");
  return { kind: "scalar", value, ...range };
}
