import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";

type Parser = typeof import("@actions/workflow-parser");
type ActionParser = typeof import("@actions/workflow-parser/actions/action-parser");
type ActionTemplate = typeof import("@actions/workflow-parser/actions/action-template");
type Expressions = typeof import("@actions/expressions");
type Truth = typeof import("@actions/expressions/result");
type Language = Parser & ActionParser & ActionTemplate & Expressions & Truth;

const root = path.join(import.meta.dirname, "..", "..");

/** GitHub's own parser of workflows, actions and expressions. It imports JSON as only a bundler may. */
const language = loaded();

async function loaded(): Promise<Language> {
  const modules = [
    "@actions/workflow-parser",
    "@actions/workflow-parser/actions/action-parser",
    "@actions/workflow-parser/actions/action-template",
    "@actions/expressions",
    "@actions/expressions/result",
  ];
  const { outputFiles } = await build({
    stdin: {
      contents: modules.map((name) => `export * from ${JSON.stringify(name)};`).join("\n"),
      resolveDir: root,
    },
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
    logLevel: "error",
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  });
  const file = path.join(mkdtempSync(path.join(tmpdir(), "agentvane-language-")), "language.mjs");
  writeFileSync(file, outputFiles[0]?.text ?? "");
  return (await import(file)) as Language;
}

/** What GitHub would say is wrong with a workflow: its form, its expressions, its schedule. */
export async function workflowErrors(text: string): Promise<readonly string[]> {
  const { parseWorkflow, convertWorkflowTemplate, NoOperationTraceWriter } = await language;
  const file = { name: "workflow", content: text };
  const { context, value } = parseWorkflow(file, new NoOperationTraceWriter());
  if (value === undefined) return context.errors.getErrors().map(({ message }) => message);
  const tryAnyway = 1;
  const { errors = [] } = await convertWorkflowTemplate(context, value, undefined, {
    errorPolicy: tryAnyway,
  });
  return errors.map(({ Message }) => Message);
}

/** What GitHub would say is wrong with an action. */
export async function actionErrors(text: string): Promise<readonly string[]> {
  const { parseAction, NoOperationTraceWriter } = await language;
  const { context } = parseAction({ name: "action", content: text }, new NoOperationTraceWriter());
  return context.errors.getErrors().map(({ message }) => message);
}

/** What expressions can see, by the name of the context. */
export type Contexts = { readonly [name: string]: unknown };

/** The status functions of an `if`, and what they say. */
export type Status = {
  readonly success: boolean;
  readonly failure: boolean;
  readonly cancelled: boolean;
  readonly always: boolean;
};

/** A text with its `${{ }}` filled in. */
export async function filledIn(text: string, contexts: Contexts): Promise<string> {
  const { data } = await language;
  const parts = text.split(/(\$\{\{.*?\}\})/s);
  const texts = await Promise.all(
    parts.map(async (part) => {
      if (!part.startsWith("${{")) return part;
      const value = await evaluate(part.slice(3, -2), contexts);
      return value.kind === data.Kind.Null ? "" : value.coerceString();
    }),
  );
  return texts.join("");
}

/** Whether something runs: its condition, which means "if all went well" unless it asks for the status itself. */
export async function holds(
  condition: string | undefined,
  contexts: Contexts,
  status: Status,
): Promise<boolean> {
  const { truthy } = await language;
  const bare = (condition ?? "success()").replace(/^\$\{\{(.*)\}\}$/s, "$1");
  const asks = /\b(success|failure|cancelled|always)\(\)/.test(bare);
  return truthy(await evaluate(asks ? bare : `success() && (${bare})`, contexts, status));
}

async function evaluate(expression: string, contexts: Contexts, status?: Status) {
  const { Lexer, Parser, Evaluator, data } = await language;
  const { tokens } = new Lexer(expression.trim()).lex();
  const functions = Object.entries(status ?? {}).map(([name, value]) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(value),
  }));
  const parsed = new Parser(tokens, Object.keys(contexts), functions).parse();
  const context = JSON.parse(JSON.stringify(contexts), data.reviver);
  const known = new Map(functions.map((each) => [each.name, each]));
  return new Evaluator(parsed, context, known).evaluate();
}
