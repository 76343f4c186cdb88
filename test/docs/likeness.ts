/** Ids in a page, and the ids for which they stand in this run. */
export type Ids = Map<string, string>;

const anyId = /ag_[0-9a-f]{6,}…?|ag_…/g;

/** What is different each time, and how a page may write it: as anything of the same form. */
const passing: readonly RegExp[] = [
  /\d{8}T\d{9}Z-[0-9a-f]{6}/,
  /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/,
  /\b\d+\.\d s\b/,
  /\b[0-9a-f]{32,64}\b/,
  /\b[0-9a-f]{12}\b/,
  /\b\d+\.\d+\.\d+\b/,
];

/**
 * Where a printed text is not what a page shows; undefined when it is. A line `…` stands for any lines, and a `…` at
 * the end of a line for the rest of it. An id of the page is bound to the one that is printed in its place.
 */
export function unlikeness(
  shown: readonly string[],
  printed: string,
  ids: Ids,
): string | undefined {
  const lines = printed.split("\n").map((line) => line.trimEnd());
  const wanted = shown.map((line) => line.trimEnd());
  const bound = new Map(ids);
  if (!matches(trimmed(wanted), trimmed(lines), bound)) {
    return `the page shows\n\n${shown.join("\n")}\n\nand this is printed:\n\n${printed}`;
  }
  for (const [page, real] of bound) ids.set(page, real);
  return undefined;
}

/** A text of the page with the ids of this run. */
export function withIds(text: string, ids: Ids): string {
  return text.replaceAll(anyId, (id) => ids.get(nameOf(id)) ?? id);
}

function matches(shown: readonly string[], printed: readonly string[], ids: Ids): boolean {
  const [line, ...rest] = shown;
  if (line === undefined) return printed.length === 0;
  if (line.trim() !== "…") {
    return isLike(line, printed[0], ids) && matches(rest, printed.slice(1), ids);
  }
  for (let skipped = 0; skipped <= printed.length; skipped += 1) {
    const tried = new Map(ids);
    if (!matches(rest, printed.slice(skipped), tried)) continue;
    for (const [page, real] of tried) ids.set(page, real);
    return true;
  }
  return false;
}

function isLike(shown: string, printed: string | undefined, ids: Ids): boolean {
  if (printed === undefined) return false;
  const names: string[] = [];
  const isOpen = shown.endsWith("…");
  const parts = (isOpen ? shown.slice(0, -1) : shown).split(new RegExp(`(${anyId.source})`));
  const pattern = parts
    .map((part, at) => {
      if (at % 2 === 0) return formOf(part);
      names.push(nameOf(part));
      return "(ag_[0-9a-f]+)";
    })
    .join("");
  const match = new RegExp(`^${pattern}${isOpen ? ".*" : ""}$`).exec(printed);
  if (match === null) return false;
  return names.every((name, at) => {
    const real = match[at + 1] ?? "";
    if (name === "ag_") return true;
    const known = ids.get(name);
    if (known === undefined) ids.set(name, real);
    return known === undefined || known === real;
  });
}

/** An id of the page, which may be cut short with a `…`. */
function nameOf(id: string): string {
  return id.replace("…", "");
}

/** A text as a pattern, in which what passes may be anything of its form. */
function formOf(text: string): string {
  const [form, ...others] = passing;
  return formsOf(text, form, others);
}

function formsOf(text: string, form: RegExp | undefined, others: readonly RegExp[]): string {
  if (form === undefined) return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const [next, ...rest] = others;
  return text
    .split(form)
    .map((part) => formsOf(part, next, rest))
    .join(`(?:${form.source})`);
}

function trimmed(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line !== "");
  const last = lines.findLastIndex((line) => line !== "");
  return first < 0 ? [] : lines.slice(first, last + 1);
}
