import { readFileSync } from "node:fs";
import path from "node:path";

const root = path.join(import.meta.dirname, "..", "..");

/** A piece of code in docs/ci.md. */
export type Block = { readonly language: string; readonly text: string };

/** The pieces of code of docs/ci.md, in order. */
export function documentedBlocks(): readonly Block[] {
  const text = readFileSync(path.join(root, "docs", "ci.md"), "utf8");
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = "", code = ""]) => ({
    language,
    text: code,
  }));
}

/** The documented workflows, by the name of their file. */
export function documentedWorkflows(): ReadonlyMap<string, string> {
  const found = documentedBlocks().flatMap(({ language, text }): [string, string][] => {
    const [, name] = /^# \.github\/workflows\/(\S+)\n/.exec(text) ?? [];
    return language === "yaml" && name !== undefined ? [[name, text]] : [];
  });
  return new Map(found);
}

/** One of them. */
export function documentedWorkflow(name: string): string {
  const text = documentedWorkflows().get(name);
  if (text === undefined) throw new Error(`docs/ci.md has no ${name}`);
  return text;
}

/** The documented step with rules, as part of a workflow. */
export function documentedRules(): string {
  const block = documentedBlocks().find(({ text }) => text.startsWith("      - name: Rules"));
  if (block === undefined) throw new Error("docs/ci.md has no rules");
  const key = "        env:\n          MISTRAL_API_KEY: ${{ secrets.MISTRAL_API_KEY }}\n";
  const steps = `      - id: plan\n        uses: agentvane/agentvane@v0.1.0\n${key}${block.text}`;
  return `on: push\njobs:\n  plan:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`;
}
