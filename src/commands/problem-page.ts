/** The section of docs/problems.md about one code: an example of the message, and the advice. */
export type ProblemPage = { readonly words: readonly string[]; readonly advice: string };

/**
 * Every code of docs/problems.md with its section, from the text of that page. A code that is both a problem of a file
 * and a refusal of a plan has one section with both.
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

/** A link to another section becomes its text; a link to another page also names the page. */
function linked(_: string, words: string, target: string): string {
  return target.startsWith("#") ? words : `${words} (docs/${target})`;
}
