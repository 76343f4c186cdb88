import type { TemplateSource } from "./problem.ts";

/** A piece of a text with templates. `nth` counts the `${{` of the text, literal ones too, from 0. */
export type TemplatePart =
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "variable";
      readonly source: TemplateSource;
      readonly name: string;
      readonly nth: number;
    }
  | { readonly kind: "bad"; readonly found: string; readonly nth: number };

const opening = "${{";
const longestShown = 60;
/** Those of which a reference names one text; `environment` is a text itself. */
const sourceNames: readonly TemplateSource[] = ["vars", "env", "secrets"];

/** Whether a text has anything that expansion would change. */
export function hasTemplate(text: string): boolean {
  return text.includes(opening);
}

/** The offsets of every `${{` in a text, literal ones too. */
export function openingsOf(text: string): readonly number[] {
  const offsets: number[] = [];
  for (let at = text.indexOf(opening); at !== -1; at = text.indexOf(opening, at + 1)) {
    offsets.push(at);
  }
  return offsets;
}

/** The pieces of a text, in order; `$${{` is a literal `${{`. */
export function templateParts(text: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let from = 0;
  for (let nth = 0; ; nth += 1) {
    const at = text.indexOf(opening, from);
    if (at === -1) break;
    if (at > from && text[at - 1] === "$") {
      parts.push({ kind: "text", text: text.slice(from, at - 1) + opening });
      from = at + opening.length;
      continue;
    }
    parts.push({ kind: "text", text: text.slice(from, at) });
    const { part, end } = referenceAt(text, at, nth);
    parts.push(part);
    from = end;
  }
  parts.push({ kind: "text", text: text.slice(from) });
  return parts;
}

function referenceAt(
  text: string,
  at: number,
  nth: number,
): { readonly part: TemplatePart; readonly end: number } {
  const chosen = /\$\{\{[ \t]*environment[ \t]*\}\}/y;
  chosen.lastIndex = at;
  if (chosen.test(text)) {
    const part = { kind: "variable", source: "environment", name: "", nth } as const;
    return { part, end: chosen.lastIndex };
  }
  const reference = /\$\{\{[ \t]*([a-z]+)\.([A-Za-z_][A-Za-z0-9_]*)[ \t]*\}\}/y;
  reference.lastIndex = at;
  const match = reference.exec(text);
  const source = sourceNames.find((name) => name === match?.[1]);
  const name = match?.[2];
  if (source !== undefined && name !== undefined) {
    return { part: { kind: "variable", source, name, nth }, end: reference.lastIndex };
  }
  const shown = /^[^\n}]*\}{0,2}/.exec(text.slice(at, at + longestShown))?.[0] ?? opening;
  return { part: { kind: "bad", found: shown, nth }, end: at + opening.length };
}
