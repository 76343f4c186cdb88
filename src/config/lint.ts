import { agentTable } from "../agent/agent-table.ts";
import type { AgentKey } from "../agent/identity.ts";
import { detectSecret } from "./detect-secrets.ts";
import { lintDuplicates } from "./lint-duplicates.ts";
import type { ReportProblem } from "./problem-log.ts";
import { secretFields } from "./secret-fields.ts";
import { isNull, itemsOf, type Member, memberOf, type Tree, textOf } from "./tree.ts";

/** An agent of the file, all filled in. */
export type FilledAgent = {
  readonly key: AgentKey;
  readonly tree: Tree;
  readonly forgottenFile?: string;
};

/**
 * What is allowed and most likely a mistake: tools that exclude each other, secrets in the open, and handoffs
 * that run something else than the alias they are reached by. Source of the rules about tools: answers seen on
 * POST /v1/conversations (2026-08).
 */
export function lintAgents(report: ReportProblem, agents: readonly FilledAgent[]): void {
  const trees = new Map<string, Tree>(agents.map(({ key, tree }) => [key, tree]));
  for (const { key, tree, forgottenFile: path } of agents) {
    const prompt = memberOf(tree, "instructions");
    lintTools(report, tree);
    lintPrompt(report, prompt);
    if (prompt !== undefined && path !== undefined)
      report(prompt, { code: "file_forgotten", path });
    lintDuplicates(report, key, tree);
    lintThresholds(report, memberOf(tree, "guardrails"));
    lintHandoffs(report, trees, tree);
  }
}

function lintTools(report: ReportProblem, tree: Tree): void {
  const tools = itemsOf(memberOf(tree, "tools"));
  const typeOf = (tool: Tree) => textOf(memberOf(tool, "type"));
  const premium = tools.find((tool) => typeOf(tool) === "web_search_premium");
  if (premium !== undefined && tools.some((tool) => typeOf(tool) === "web_search")) {
    report(premium, { code: "web_search_twice" });
  }
  for (const value of secretFields(agentTable, tree)) {
    if (value.kind === "scalar" && value.fromTemplate === undefined) {
      report(value, { code: "literal_secret" });
    }
  }
}

function lintPrompt(report: ReportProblem, prompt: Tree | undefined): void {
  if (prompt?.kind !== "scalar") return;
  const { source, start, end } = prompt;
  const found = detectSecret(source.text.slice(start, end));
  if (found === undefined) return;
  report({ source, start: start + found.at, end }, { code: "looks_like_key", what: found.what });
}

/** Scores are from 0 to 1: a threshold outside is never reached, or always. */
function lintThresholds(report: ReportProblem, guardrails: Tree | undefined): void {
  const moderations = itemsOf(guardrails).flatMap(valuesOf);
  const thresholds = moderations.flatMap((each) =>
    valuesOf(memberOf(each, "custom_category_thresholds")),
  );
  for (const value of thresholds) {
    const found = value.kind === "scalar" ? value.value : undefined;
    if (typeof found !== "number" || (found >= 0 && found <= 1)) continue;
    report(value, { code: "out_of_range", found, minimum: 0, maximum: 1 });
  }
}

function valuesOf(tree: Tree | undefined): readonly Tree[] {
  return tree?.kind === "map" ? [...tree.members.values()].map(({ value }) => value) : [];
}

/** A handoff carries no version: it runs the default, which follows the file while a pinned alias does not. */
function lintHandoffs(report: ReportProblem, trees: ReadonlyMap<string, Tree>, tree: Tree): void {
  const released = [...aliasesOf(tree)].filter(([, value]) => isLatest(value));
  for (const item of itemsOf(memberOf(tree, "handoffs"))) {
    const name = textOf(item) ?? "";
    const callee = aliasesOf(trees.get(name));
    for (const [alias] of released) {
      const target = callee.get(alias);
      if (target === undefined || isLatest(target) || isNull(target)) continue;
      report(item, { code: "handoff_runs_default", name, alias });
    }
  }
}

function aliasesOf(tree: Tree | undefined): ReadonlyMap<string, Tree> {
  const aliases = memberOf(tree, "aliases");
  if (aliases?.kind === "map") {
    return new Map(
      [...aliases.members].map(([name, { value }]: [string, Member]) => [name, value]),
    );
  }
  return new Map(
    itemsOf(aliases).flatMap((item) => {
      const name = textOf(item);
      return name === undefined ? [] : [[name, item] as const];
    }),
  );
}

/** A list of aliases is short for all of them at latest, so each of its items is one. */
function isLatest(value: Tree): boolean {
  return value.kind === "scalar" && typeof value.value === "string";
}
