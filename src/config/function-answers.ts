import type { FunctionAnswers } from "../agent/check.ts";
import { parseFile } from "./parse-yaml.ts";
import type { Problem } from "./problem.ts";
import { problemLog } from "./problem-log.ts";
import { sourceText } from "./source-text.ts";
import { memberOf, plain, type Tree, typeOf } from "./tree.ts";

/** What called functions answer, or why a file does not say so. */
export type FunctionAnswersResult =
  | { readonly kind: "answers"; readonly answers: FunctionAnswers }
  | { readonly kind: "invalid"; readonly problems: readonly Problem[] };

/** Reads a YAML or JSON file of answers by the names of functions, by itself or under `functions`. Files in it are not followed. */
export function readFunctionAnswers(file: string, text: string): FunctionAnswersResult {
  const log = problemLog();
  const tree = parseFile(sourceText(file, file, text), log.report);
  const inner = memberOf(tree, "functions");
  const isWrapped = tree?.kind === "map" && tree.members.size === 1 && inner?.kind === "map";
  const answers = isWrapped ? inner : tree;
  if (answers !== undefined && answers.kind !== "map" && answers.kind !== "broken") {
    log.report(answers, { code: "wrong_type", expected: ["map"], found: typeOf(answers) });
  }
  const problems = log.problems([file]);
  if (problems.length > 0) return { kind: "invalid", problems };
  const members = answers?.kind === "map" ? [...answers.members] : [];
  return {
    kind: "answers",
    answers: new Map(members.map(([name, { value }]) => [name, answerText(value)])),
  };
}

/** A function answers with a text: a string as it is, anything else as JSON. */
function answerText(tree: Tree): string {
  const value = plain(tree);
  return typeof value === "string" ? value : JSON.stringify(value);
}
