/** What docs/problems.md says of one code: an example of its words, and what to do. */
export type ProblemPage = { readonly words: readonly string[]; readonly advice: string };

/** Every code of docs/problems.md with its section, from the text of that page. */
export function problemPages(page: string): ReadonlyMap<string, ProblemPage> {
  const sections = page.split(/^### /m).slice(1);
  return new Map(
    sections.map((section): [string, ProblemPage] => {
      const [code = "", ...rest] = section.split("\n");
      return [code.trim(), pageOf(rest.join("\n").split(/^## /m)[0] ?? "")];
    }),
  );
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
