import type { DesiredAgent } from "../agent/definition.ts";
import type { AgentKey, AliasName, Pointer, Version } from "../agent/identity.ts";
import type { RemoteAlias } from "../agent/remote-agent.ts";
import type { AgentPlan, ReusePlan } from "./agent-plan.ts";
import { previousAliasOf } from "./previous-alias.ts";
import type { Refusal } from "./refusal.ts";

/** Where a pointer is to go. `built`: to the version that this apply makes, whatever number it gets. */
export type MoveTarget =
  | { readonly kind: "built"; readonly expected: Version }
  | { readonly kind: "existing"; readonly version: Version }
  | { readonly kind: "removed" };

/** One pointer of one agent that is to stand elsewhere than it does. */
export type PointerMove = {
  readonly key: AgentKey;
  readonly pointer: Pointer;
  /** Undefined where the agent has no such alias yet. */
  readonly from: Version | undefined;
  readonly to: MoveTarget;
  /** An alias that the file has at `latest`: it belongs where the default stands. */
  readonly isLatest?: true;
  /** When it moves among those of a release: each stage is whole before the next one starts. */
  readonly stage: Stage;
};

/**
 * Defaults are switched before aliases move. Before an alias moves, its memory is set to the version that it leaves, or removed if
 * a version is built. An outdated memory that a killed run left behind would mislead `rollback`, and no later plan would remove it.
 */
export type Stage = (typeof stages)[number];
export const stages = ["switch", "remember", "alias"] as const;

/** The moves of one agent, or what forbids them. Aliases that the file does not name are left alone. */
export function pointerMoves(
  agent: DesiredAgent,
  plan: AgentPlan,
  current: readonly RemoteAlias[],
): { readonly moves: readonly PointerMove[]; readonly refusals: readonly Refusal[] } {
  const { key, at } = agent;
  const found = [...agent.aliases].map(([alias, wanted]) => {
    const from = current.find((each) => each.alias === alias)?.version;
    return { alias, wanted, from };
  });
  const versions = versionsOf(plan);
  const refusals = found.flatMap(({ alias, wanted }): Refusal[] =>
    typeof wanted === "number" && !versions.includes(wanted)
      ? [{ kind: "unknown_version", key, alias, version: wanted, versions, at }]
      : [],
  );
  const aliasMoves = found.flatMap(({ alias, wanted, from }): PointerMove[] => {
    const to = targetOf(plan, wanted);
    if (stands(from, to)) return [];
    const isLatest = wanted === "latest" && ({ isLatest: true } as const);
    return [{ key, pointer: alias, from, to, ...isLatest, stage: "alias" }];
  });
  const memory = aliasMoves.flatMap((move) => memoryMove(agent, plan, current, move));
  return { moves: [...switchMoves(plan), ...aliasMoves, ...memory], refusals };
}

function targetOf(plan: AgentPlan, wanted: "latest" | Version | null): MoveTarget {
  if (wanted === null) return { kind: "removed" };
  if (wanted !== "latest") return { kind: "existing", version: wanted };
  switch (plan.action) {
    case "create":
      return { kind: "built", expected: (plan.completedLater ? 1 : 0) as Version };
    case "update":
    case "rename":
      return { kind: "built", expected: plan.expected };
    case "reuse":
      return { kind: "existing", version: plan.version };
    case "noop":
    case "adopt":
    case "delete":
    case "orphan":
    case "forget":
      return { kind: "existing", version: plan.remote.version };
  }
}

/** The number that a pointer goes to, of a version that is still to be built the expected one; undefined for nowhere. */
export function targetVersion(to: MoveTarget): Version | undefined {
  switch (to.kind) {
    case "built":
      return to.expected;
    case "existing":
      return to.version;
    case "removed":
      return undefined;
  }
}

function stands(from: Version | undefined, to: MoveTarget): boolean {
  switch (to.kind) {
    case "built":
      return false;
    case "existing":
      return to.version === from;
    case "removed":
      return from === undefined;
  }
}

function switchMoves(plan: AgentPlan): readonly PointerMove[] {
  if (plan.action !== "reuse" || isSwitched(plan)) return [];
  const to = { kind: "existing", version: plan.version } as const;
  const { key, remote } = plan;
  return [{ key, pointer: "@default", from: remote.version, to, stage: "switch" }];
}

function isSwitched({ version, remote }: ReusePlan): boolean {
  return version === remote.version;
}

/**
 * What goes with an alias that moves: its memory is set when no version is built for it, and goes when one
 * is, even if that was by a run that ended before its release. An alias of that name which the file itself
 * names is nobody's memory.
 */
function memoryMove(
  agent: DesiredAgent,
  plan: AgentPlan,
  current: readonly RemoteAlias[],
  { key, pointer, from }: PointerMove,
): readonly PointerMove[] {
  const memory = previousAliasOf(pointer as AliasName);
  if (memory === undefined || agent.aliases.has(memory)) return [];
  const was = current.find(({ alias }) => alias === memory)?.version;
  const move = { key, pointer: memory, from: was };
  const isRemembered =
    plan.action === "reuse" &&
    agent.aliases.get(pointer as AliasName) === "latest" &&
    !isCarriedOn(plan, pointer as AliasName, from, was);
  if (isRemembered && from !== undefined) {
    if (was === from) return [];
    return [{ ...move, to: { kind: "existing", version: from }, stage: "remember" }];
  }
  return was === undefined ? [] : [{ ...move, to: { kind: "removed" }, stage: "remember" }];
}

/**
 * Whether a version was built to move an alias from where it stands, and never did. The alias was at it
 * already if that is what its memory says: then somebody came back to it.
 */
function isCarriedOn(
  { version, before }: ReusePlan,
  alias: AliasName,
  from: Version | undefined,
  memory: Version | undefined,
): boolean {
  return before.has(alias) && before.get(alias) === from && memory !== version;
}

function versionsOf(plan: AgentPlan): readonly Version[] {
  if (plan.action === "create") return [];
  return [...new Set([plan.remote.version, ...plan.remote.versions])].sort(
    (left, right) => left - right,
  );
}
