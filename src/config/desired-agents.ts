import type { DesiredAgent } from "../agent/definition.ts";
import type { AgentKey } from "../agent/identity.ts";
import { buildAgent } from "./build-agent.ts";
import { checkHandoffs } from "./check-handoffs.ts";
import { checkIgnoredPaths } from "./check-ignored-paths.ts";
import { checkToolChoice } from "./check-tool-choice.ts";
import { checkTools } from "./check-tools.ts";
import type { Overlay } from "./environment.ts";
import { forgottenFile } from "./forgotten-file.ts";
import * as schemas from "./generated/schemas.js";
import type { FilledAgent } from "./lint.ts";
import { mergeTrees } from "./merge-trees.ts";
import type { ProblemLog } from "./problem-log.ts";
import { type Resolving, resolveMembers } from "./resolve.ts";
import type { SecretStore } from "./secret-store.ts";
import { positionOf, type SourceRange } from "./source-text.ts";
import { isNull, type Mapping, type Member, memberOf, type Tree, textOf } from "./tree.ts";
import { validateTree } from "./validate-tree.ts";
import { agentRows } from "./written-agent.ts";

/** An agent of the files, all filled in, with the range of its key. */
export type LocatedAgent = FilledAgent & { readonly range: SourceRange };

/**
 * The agents of all files with templates, files and defaults filled in and checked. Each layer lies over the
 * ones before it: defaults, those of the environment, the agent, what the environment says of it.
 */
export function filledAgents(
  resolving: Resolving,
  log: ProblemLog,
  written: Mapping,
  overlay: Overlay,
): readonly LocatedAgent[] {
  const agents = memberOf(written, "agents");
  const members = agents?.kind === "map" ? [...agents.members] : [];
  const keys = new Set(members.map(([key]) => key));
  const defaults = [memberOf(written, "defaults"), overlay.defaults];
  const resolve = (tree: Tree) => resolveMembers(resolving, agentRows, tree);
  const base = defaults.filter((tree) => tree !== undefined).map(resolve);
  const ids = new Map<string, Tree>();
  return members.map(([key, member]) => {
    const layers = [
      ...base,
      resolve(saidBy(member)),
      ...said(overlay.agents.get(key)).map(resolve),
    ];
    const merged = layers.reduce((under, over) => mergeTrees(agentRows, under, over));
    const tree = nameDefault(merged, key, member.key);
    checkAgent(log, keys, tree);
    checkId(log, ids, memberOf(tree, "id"));
    const path = forgottenFile(resolving.files, memberOf(tree, "instructions"));
    return {
      key: key as AgentKey,
      range: member.key,
      tree,
      ...(path !== undefined && { forgottenFile: path }),
    };
  });
}

/** The agents that filled trees describe, sorted by key; those that lack something are left out. */
export function desiredAgents(
  secrets: SecretStore,
  filled: readonly LocatedAgent[],
): readonly DesiredAgent[] {
  return filled
    .flatMap(({ key, range, tree, forgottenFile: path }) => {
      const agent = buildAgent(secrets, key, range, tree);
      if (agent === undefined) return [];
      return path === undefined ? agent : { ...agent, forgottenFile: path };
    })
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Reports what one agent, all filled in, may not be. */
function checkAgent(log: ProblemLog, keys: ReadonlySet<string>, tree: Tree): void {
  validateTree(log, schemas.agent, tree);
  checkHandoffs(log, keys, memberOf(tree, "handoffs"));
  checkTools(log, memberOf(tree, "tools"));
  checkToolChoice(log, tree);
  checkIgnoredPaths(log, memberOf(memberOf(tree, "lifecycle"), "ignore_changes"));
}

/** An agent that says no name is called by its key. */
function nameDefault(tree: Tree, key: string, { source, start, end }: SourceRange): Tree {
  if (tree.kind !== "map" || memberOf(tree, "name") !== undefined) return tree;
  const name: Tree = { kind: "scalar", value: key, source, start, end };
  return { ...tree, members: new Map([...tree.members, ["name", { key: name, value: name }]]) };
}

/** What an agent says; a key with nothing after it leaves everything to the defaults. */
function saidBy({ key, value }: Member): Tree {
  if (!isNull(value)) return value;
  const { source, start, end } = key;
  return { kind: "map", members: new Map(), source, start, end };
}

/** What an environment says of an agent, if it says anything. */
function said(member: Member | undefined): readonly Tree[] {
  return member === undefined || isNull(member.value) ? [] : [member.value];
}

/** Reports a second key that is bound to the same agent. */
function checkId(log: ProblemLog, ids: Map<string, Tree>, value: Tree | undefined): void {
  const id = textOf(value);
  if (id === undefined || value === undefined) return;
  const first = ids.get(id);
  if (first === undefined) ids.set(id, value);
  else log.report(value, { code: "duplicate_id", name: id, first: positionOf(first) });
}
