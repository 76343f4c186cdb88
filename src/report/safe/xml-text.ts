import { sanitizedLine } from "./sanitize.ts";

const entities: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Two that XML has no way to write. */
const unwritable = /[\ufffe\uffff]/g;

/** A text as it may stand in HTML or XML, between tags or in a quoted attribute: what acts or hides is spelled out. */
export function xmlText(text: string): string {
  return sanitizedLine(text)
    .replace(unwritable, "\ufffd")
    .replace(/[&<>"']/g, (character) => entities[character] ?? "");
}
