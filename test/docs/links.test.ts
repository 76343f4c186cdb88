import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { documentation, type Page, pageOf, proseOf } from "./page.ts";

const root = path.join(import.meta.dirname, "..", "..");
const others = readdirSync(root).filter((name) => name.endsWith(".md") && name !== "README.md");
const pages = [...documentation(), ...others.map(pageOf)];
const byName = new Map(pages.map((page) => [page.name, page]));

test.each(pages.map((page) => [page.name, page] as const))(
  "%s: every link leads somewhere",
  (_name, page) => {
    expect(linksOf(page).filter((link) => !leadsSomewhere(page, link))).toEqual([]);
  },
);

test("every page can be reached from docs/README.md", () => {
  const reached = new Set<string>();
  const walk = (name: string) => {
    const page = byName.get(name);
    if (page === undefined || reached.has(name)) return;
    reached.add(name);
    for (const link of linksOf(page)) walk(targetOf(page, link).file);
  };
  walk("docs/README.md");
  const lost = documentation().filter(
    ({ name }) => !reached.has(name) && !name.startsWith("docs/decisions/"),
  );
  expect(lost.map(({ name }) => name)).toEqual([]);
});

test("the check sees links that lead nowhere", () => {
  const text =
    "# A page\n[a](README.md) [b](no.md) [c](#a-page) [d](#nowhere) [e](https://x.example)\n";
  const page: Page = { name: "page.md", text, items: [] };
  expect(linksOf(page).filter((link) => !leadsSomewhere(page, link))).toEqual([
    "no.md",
    "#nowhere",
  ]);
});

function linksOf(page: Page): readonly string[] {
  const found = proseOf(page).matchAll(/\]\(([^)\s]+)\)/g);
  return [...found].map((match) => match[1] ?? "").filter((link) => !/^[a-z]+:/.test(link));
}

function targetOf(page: Page, link: string): { readonly file: string; readonly anchor: string } {
  const [file = "", anchor = ""] = link.split("#");
  const target = path.posix.join(path.posix.dirname(page.name), file).replace(/\/$/, "");
  return { file: file === "" ? page.name : target, anchor };
}

function leadsSomewhere(page: Page, link: string): boolean {
  const { file, anchor } = targetOf(page, link);
  const target = file === page.name ? page : byName.get(file);
  if (anchor !== "") return target !== undefined && anchorsOf(target).includes(anchor);
  const place = path.join(root, file);
  return (
    target !== undefined ||
    (existsSync(place) && (statSync(place).isDirectory() || !file.endsWith(".md")))
  );
}

/** The anchors of headings, as the usual renderers make them. */
function anchorsOf(page: Page): readonly string[] {
  const counts = new Map<string, number>();
  return [...proseOf(page).matchAll(/^#{1,6} (.*)$/gm)].map((match) => {
    const words = (match[1] ?? "").toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, "");
    const anchor = words.trim().replaceAll(" ", "-");
    const before = counts.get(anchor) ?? 0;
    counts.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
}
