import { sanitizedLine } from "./sanitize.ts";

const entities: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Two characters that XML cannot express. */
const unwritable = /[\ufffe\uffff]/g;

/** Escapes a text for HTML or XML, between tags or in a quoted attribute; invisible characters become visible. */
export function xmlText(text: string): string {
  return sanitizedLine(text)
    .replace(unwritable, "\ufffd")
    .replace(/[&<>"']/g, (character) => entities[character] ?? "");
}
