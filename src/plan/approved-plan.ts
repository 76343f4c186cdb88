import type { FileDigest } from "../agent/definition.ts";
import type { AgentId, AgentKey, Version } from "../agent/identity.ts";
import { isList, isObject, type Json } from "../agent/json.ts";
import { pathText } from "../agent/property-path.ts";
import { newestVersion } from "../agent/remote-agent.ts";
import { isEphemeral, tagsOf } from "../agent/tags.ts";
import { driftOf, hasDrifted } from "./agent-drift.ts";
import type { AgentPlan, Stamp } from "./agent-plan.ts";
import { type CheckRun, checkJson } from "./checked.ts";
import { digestOf } from "./digest.ts";
import type { GateRun } from "./gated.ts";
import { groupBy } from "./group-by.ts";
import { isNoOp } from "./has-changes.ts";
import type { Plan, PlanOptions } from "./plan.ts";
import type { PointerMove } from "./pointer-move.ts";
import type { Scope } from "./scope.ts";

/**
 * What somebody says yes to: everything that a plan would do, and what it was decided on, as a set. Values are
 * digests, so that it holds no secret and masking cannot change it. What is not in it may differ when the plan is
 * carried out: order, notes, where versions come from, agents that the plan leaves alone.
 */
export type ApprovedPlan = {
  readonly scope: Scope;
  /** The choices that the plan was made with, also those that allow something. */
  readonly options: PlanOptions;
  readonly operations: readonly AgentOperation[];
  readonly gates: readonly ApprovedGate[];
  readonly checks: readonly ApprovedCheck[];
};

/** What a plan would do to one agent. */
export type AgentOperation = {
  readonly key: AgentKey;
  readonly action: AgentPlan["action"];
  /** Null for an agent that does not exist. */
  readonly id: AgentId | null;
  readonly version: Version | null;
  /** The highest version number: it gives away an edit that was taken back. */
  readonly newest: Version | null;
  /** Digest of the tags that say whose the agent is: environment, key, protection, and whether it is one for a while; null where it has none. */
  readonly owner: string | null;
  /** The definition that is to be written, its protection, and whether it is ephemeral; null where no version is built. */
  readonly stamp: Pick<Stamp, "spec" | "protect" | "ephemeral"> | null;
  /** By printed path: digests of what is there and of what it becomes. Agents are in them by id. */
  readonly changes: Readonly<Record<string, Side>>;
  readonly reuse: Version | null;
  /** By pointer, `@default` among them. */
  readonly moves: Readonly<Record<string, Route>>;
  /** Where the aliases of an agent that is deleted stand. */
  readonly aliases: Readonly<Record<string, Version>>;
  /** Digest of what was changed outside; null where nothing was. */
  readonly drift: string | null;
};

type Side = { readonly before: string; readonly after: string };

/** Where a pointer moves from and to. `built`: the version that the apply makes. Null is nowhere. */
export type Route = { readonly from: Version | null; readonly to: Version | "built" | null };

/** A command that judges versions before they are released. */
export type ApprovedGate = {
  /** For people: masked where the plan is saved. */
  readonly command: string;
  readonly digest: string;
  readonly agents: readonly AgentKey[];
  readonly timeoutMs: number | null;
  readonly files: readonly FileDigest[];
};

/** A conversation that judges versions before they are released. */
export type ApprovedCheck = {
  readonly name: string;
  readonly agents: readonly AgentKey[];
  /** Digest of what is asked and expected, the files that it names included. */
  readonly digest: string;
};

/** What there is to say yes to in a plan. */
export function approvedPlan(plan: Plan): ApprovedPlan {
  const moves = groupBy(plan.releaseWaves.flat(), ({ key }) => key);
  const operations = plan.agents
    .filter((agent) => !isNoOp(agent) || moves.has(agent.key))
    .map((agent) => operationOf(plan, agent, moves.get(agent.key) ?? []));
  const { scope, options } = plan;
  return {
    scope,
    options,
    operations,
    gates: gatesOf(plan.gates),
    checks: checksOf(plan.checks),
  };
}

function operationOf(
  { ids }: Plan,
  agent: AgentPlan,
  moves: readonly PointerMove[],
): AgentOperation {
  const remote = agent.action === "create" ? undefined : agent.remote;
  const changes = "changes" in agent ? agent.changes : [];
  return {
    key: agent.key,
    action: agent.action,
    id: remote?.id ?? null,
    version: remote?.version ?? null,
    newest: remote === undefined ? null : newestVersion(remote),
    owner: ownerDigest(agent),
    stamp: "stamp" in agent ? stampOf(agent.stamp) : null,
    changes: Object.fromEntries(
      changes.map(({ path, before, after }) => [
        pathText(path),
        { before: valueDigest(before, ids), after: valueDigest(after, ids) },
      ]),
    ),
    reuse: agent.action === "reuse" ? agent.version : null,
    moves: Object.fromEntries(moves.map((move) => [move.pointer, routeOf(move)])),
    aliases:
      agent.action === "delete"
        ? Object.fromEntries(agent.aliases.map(({ alias, version }) => [alias, version]))
        : {},
    drift: driftDigest(agent, ids),
  };
}

function stampOf({ spec, protect, ephemeral }: Stamp): AgentOperation["stamp"] {
  return { spec, protect, ephemeral };
}

function ownerDigest(agent: AgentPlan): string | null {
  if (agent.action === "create") return null;
  const tags = tagsOf(agent.remote);
  if (tags === undefined) return null;
  return digestOf([tags.environment, tags.key, tags.protect, isEphemeral(agent.remote)]);
}

function driftDigest(agent: AgentPlan, ids: Plan["ids"]): string | null {
  if (!hasDrifted(agent)) return null;
  const { properties, pointers } = driftOf(agent);
  return digestOf([
    properties.map(({ path, before, after }) => [
      pathText(path),
      valueDigest(before, ids),
      valueDigest(after, ids),
    ]),
    pointers.map(({ pointer, expected, found }) => [pointer, expected ?? null, found ?? null]),
  ]);
}

function routeOf({ from, to }: PointerMove): Route {
  const target = to.kind === "built" ? "built" : to.kind === "existing" ? to.version : null;
  return { from: from ?? null, to: target };
}

function gatesOf(runs: readonly GateRun[]): readonly ApprovedGate[] {
  const rule = ({ command, timeoutMs }: GateRun) => `${timeoutMs ?? ""} ${command}`;
  return [...groupBy(runs, rule).values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const { command, timeoutMs = null, files } = first;
    return [
      {
        command,
        digest: digestOf(command),
        agents: [...new Set(same.map(({ key }) => key))].sort(),
        timeoutMs,
        files,
      },
    ];
  });
}

function checksOf(runs: readonly CheckRun[]): readonly ApprovedCheck[] {
  const byDigest = groupBy(runs, ({ check }) => digestOf(checkJson(check)));
  return [...byDigest].flatMap(([digest, same]) => {
    const [first] = same;
    if (first === undefined) return [];
    return [
      { name: first.check.name, agents: [...new Set(same.map(({ key }) => key))].sort(), digest },
    ];
  });
}

/** An absent value is another one than null. */
function valueDigest(value: Json | undefined, ids: Plan["ids"]): string {
  return value === undefined ? "" : digestOf(withIds(value, ids));
}

/** A handoff by key counts as the agent that has the key: it may have been made anew. */
function withIds(value: Json, ids: Plan["ids"]): Json {
  if (isList(value)) return value.map((each) => withIds(each, ids));
  if (!isObject(value)) return value;
  const { key, ...others } = value;
  const id = Object.keys(others).length === 0 ? ids.get(key as AgentKey) : undefined;
  if (id !== undefined) return { id };
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, withIds(member, ids)]),
  );
}
