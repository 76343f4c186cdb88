/** What docs/problems.md says of one code: an example of its words, and what to do. */
export type ProblemPage = { readonly words: readonly string[]; readonly advice: string };

/**
 * Every code of docs/problems.md with what it says of it, from the text of that page. A code that is both a problem in
 * a file and a reason to refuse a plan has one page with both.
 */
export function problemPages(page: string): ReadonlyMap<string, ProblemPage> {
  const pages = new Map<string, ProblemPage>();
  for (const section of page.split(/^### /m).slice(1)) {
    const [code = "", ...rest] = section.split("\n");
    const found = pageOf(rest.join("\n").split(/^## /m)[0] ?? "");
    const before = pages.get(code);
    pages.set(code, before === undefined ? found : both(before, found));
  }
  return pages;
}

function both(one: ProblemPage, other: ProblemPage): ProblemPage {
  return {
    words: [...one.words, ...other.words],
    advice: `${one.advice}\n\n${other.advice}`,
  };
}

function pageOf(text: string): ProblemPage {
  const fence = /^```\w*\n([\s\S]*?)^```$/m.exec(text);
  const advice = text.replace(fence?.[0] ?? "", "").trim();
  return {
    words: (fence?.[1] ?? "").split("\n").filter((line) => line !== ""),
    advice: advice.replaceAll(/\[([^\]]+)\]\(([^)]+)\)/g, linked),
  };
}

/** A link to another section is its words alone; one to another page also says which page. */
function linked(_: string, words: string, target: string): string {
  return target.startsWith("#") ? words : `${words} (docs/${target})`;
}
