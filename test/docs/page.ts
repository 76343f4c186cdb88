import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const root = path.join(import.meta.dirname, "..", "..");

/** Something in a page that a test has to look at, in the order of reading. */
export type Item =
  /** A fenced block; `info` is what stands behind the fence, `line` the number of its first line. */
  | { readonly kind: "block"; readonly info: string; readonly text: string; readonly line: number }
  /** `<!-- docs-test … -->`: what a reader need not see. */
  | { readonly kind: "aside"; readonly text: string; readonly line: number };

/** A page of the documentation, by its path in the repository. */
export type Page = {
  readonly name: string;
  readonly text: string;
  readonly items: readonly Item[];
};

/** README.md and everything under docs/. */
export function documentation(): readonly Page[] {
  const found = readdirSync(path.join(root, "docs"), { recursive: true, encoding: "utf8" });
  const names = found.map((name) => `docs/${name.split(path.sep).join("/")}`);
  return ["README.md", ...names.sort()].filter((name) => name.endsWith(".md")).map(pageOf);
}

/** A page by its path in the repository. */
export function pageOf(name: string): Page {
  const text = readFileSync(path.join(root, name), "utf8");
  return { name, text, items: itemsOf(text) };
}

/** The blocks and asides of a Markdown text. Throws when a block or an aside is not closed. */
export function itemsOf(text: string): readonly Item[] {
  const items: Item[] = [];
  const lines = text.split("\n");
  for (let at = 0; at < lines.length; at += 1) {
    const fence = /^(`{3,}|~{3,})(.*)$/.exec(lines[at] ?? "");
    const aside = /^<!-- docs-test\b/.test(lines[at] ?? "");
    if (fence === null && !aside) continue;
    const isEnd = (each: string) =>
      aside ? each.includes("-->") : each.trimEnd() === (fence?.[1] ?? "");
    const start = aside ? at : at + 1;
    const end = lines.findIndex((each, index) => index >= start && isEnd(each));
    if (end < 0) throw new Error(`line ${at + 1}: this is not closed`);
    const inside = lines.slice(start, aside ? end + 1 : end).join("\n");
    items.push(
      aside
        ? { kind: "aside", text: asideText(inside), line: at + 1 }
        : { kind: "block", info: (fence?.[2] ?? "").trim(), text: inside, line: at + 2 },
    );
    at = end;
  }
  return items;
}

function asideText(text: string): string {
  return text.replace(/^<!-- docs-test\s*/, "").replace(/\s*-->.*$/s, "");
}

/** A page without its blocks, in which headings and links are looked for. */
export function proseOf({ text }: Page): string {
  return text.replaceAll(/^(`{3,}|~{3,})[^\n]*\n[\s\S]*?^\1\s*$/gm, "");
}
