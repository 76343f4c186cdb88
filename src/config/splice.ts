/** A stretch of a text, and what takes its place. */
export type Splice = { readonly from: number; readonly to: number; readonly text: string };

/** A text with splices carried out; they must not overlap. Splices at one place stay in their order. */
export function spliced(text: string, splices: readonly Splice[]): string {
  let result = "";
  let at = 0;
  for (const splice of splices.toSorted((left, right) => left.from - right.from)) {
    result += text.slice(at, splice.from) + splice.text;
    at = splice.to;
  }
  return result + text.slice(at);
}

/** The line end that a text uses. */
export function lineEndOf(text: string): "\n" | "\r\n" {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

/** Where the line of an offset begins. */
export function lineStartOf(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1;
}

/** How far an offset is from the start of its line. */
export function columnOf(text: string, at: number): number {
  return at - lineStartOf(text, at);
}
