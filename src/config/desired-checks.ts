import type { Check, Expectation, ExpectedCall } from "../agent/check.ts";
import type { DesiredAgent } from "../agent/definition.ts";
import type { AgentId, AgentKey, AgentRef } from "../agent/identity.ts";
import { isObject } from "../agent/json.ts";
import { checkCheckReferences, type PlacedCheck } from "./check-references.ts";
import type { ProblemLog } from "./problem-log.ts";
import { type Resolving, resolveValue } from "./resolve.ts";
import { positionOf } from "./source-text.ts";
import { itemsOf, type Mapping, memberOf, plain, type Tree, textOf } from "./tree.ts";

/**
 * The checks of a configuration, in their order, their files and templates filled in. Reports agents and functions
 * that are not there, and what can never hold.
 */
export function desiredChecks(
  log: ProblemLog,
  resolving: Resolving,
  written: Mapping,
  agents: readonly DesiredAgent[],
): readonly Check[] {
  const declared = memberOf(written, "agents");
  const keys = new Set(declared?.kind === "map" ? declared.members.keys() : []);
  return itemsOf(memberOf(written, "checks")).flatMap((entry, at): readonly Check[] => {
    if (entry.kind !== "map") return [];
    const placed = placedCheck(log, resolving, entry, at);
    checkCheckReferences(log, keys, agents, placed);
    return placed.check.say.length === 0 ? [] : [placed.check];
  });
}

function placedCheck(
  log: ProblemLog,
  resolving: Resolving,
  entry: Mapping,
  at: number,
): PlacedCheck {
  const { expand } = resolving;
  const text = (tree: Tree | undefined) =>
    tree?.kind === "scalar" ? textOf(expand(tree, "secrets_refused")) : undefined;
  const texts = (tree: Tree | undefined) => oneOrMore(tree).flatMap((item) => text(item) ?? []);
  const prose = (tree: Tree) => textOf(resolveValue(resolving, { kind: "prose" }, tree));
  const wanted = memberOf(entry, "expect");
  const calls = oneOrMore(memberOf(wanted, "calls"));
  const matches = oneOrMore(memberOf(wanted, "matches"));
  for (const pattern of matches) checkPattern(log, pattern, text(pattern));
  const tries = count(memberOf(entry, "tries")) ?? 1;
  const passes = count(memberOf(entry, "passes")) ?? tries;
  const passesAt = memberOf(entry, "passes");
  if (passes > tries && passesAt !== undefined) {
    log.report(passesAt, { code: "out_of_range", found: passes, minimum: 1, maximum: tries });
  }
  const handoff = refOf(memberOf(wanted, "handoff"));
  const maxOutputTokens = count(memberOf(wanted, "max_output_tokens"));
  const schemaAt = memberOf(wanted, "json_schema");
  const schema = schemaAt && plain(resolveValue(resolving, { kind: "json" }, schemaAt));
  const functions = memberOf(entry, "functions");
  const expect: Expectation = {
    ...(handoff !== undefined && { handoff }),
    calls: calls.flatMap((item) => callOf(resolving, item)),
    contains: texts(memberOf(wanted, "contains")),
    notContains: texts(memberOf(wanted, "not_contains")),
    matches: texts(memberOf(wanted, "matches")),
    ...(schemaAt !== undefined &&
      isObject(schema) && { jsonSchema: { schema, at: positionOf(schemaAt) } }),
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
  };
  return {
    tree: entry,
    calls,
    check: {
      name: text(memberOf(entry, "name")) ?? String(at + 1),
      agents: itemsOf(memberOf(entry, "agents")).flatMap((item) => (text(item) as AgentKey) ?? []),
      say: oneOrMore(memberOf(entry, "say")).flatMap((item) => prose(item) ?? []),
      expect,
      functions: new Map(
        functions?.kind === "map"
          ? [...functions.members].map(([name, { value }]) => [name, answerOf(resolving, value)])
          : [],
      ),
      tries,
      passes,
      at: positionOf(entry),
    },
  };
}

/** One value, or the values of a list. */
function oneOrMore(tree: Tree | undefined): readonly Tree[] {
  if (tree === undefined) return [];
  return tree.kind === "list" ? tree.items : [tree];
}

function count(tree: Tree | undefined): number | undefined {
  return tree?.kind === "scalar" && typeof tree.value === "number" ? tree.value : undefined;
}

function refOf(tree: Tree | undefined): AgentRef | undefined {
  const key = textOf(tree);
  if (key !== undefined) return { key: key as AgentKey };
  const id = textOf(memberOf(tree, "id"));
  return id === undefined ? undefined : { id: id as AgentId };
}

function callOf(resolving: Resolving, tree: Tree): readonly ExpectedCall[] {
  const name = textOf(tree) ?? textOf(memberOf(tree, "name"));
  if (name === undefined) return [];
  const given = memberOf(tree, "arguments");
  const value = given && plain(resolveValue(resolving, { kind: "json" }, given));
  return [{ name, ...(isObject(value) && { arguments: value }) }];
}

/** What a function answers is a text: a file or a text as it is, anything else as JSON. */
function answerOf(resolving: Resolving, tree: Tree): string {
  const isFile = tree.kind === "map" && tree.members.size === 1 && memberOf(tree, "file");
  if (tree.kind === "scalar" || isFile) {
    const text = plain(resolveValue(resolving, { kind: "prose" }, tree));
    return typeof text === "string" ? text : JSON.stringify(text);
  }
  return JSON.stringify(plain(resolveValue(resolving, { kind: "json" }, tree)));
}

function checkPattern(log: ProblemLog, value: Tree, pattern: string | undefined): void {
  if (pattern === undefined) return;
  try {
    new RegExp(pattern, "u");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log.report(value, { code: "bad_regular_expression", found: pattern, reason });
  }
}
