import type { AgentId, AgentKey, Version } from "../agent/identity.ts";
import type {
  AgentOperation,
  ApprovedCheck,
  ApprovedGate,
  ApprovedPlan,
  Route,
} from "./approved-plan.ts";
import type { Refusal } from "./refusal.ts";
import type { Scope } from "./scope.ts";

/** One thing in which a plan is no longer what somebody said yes to. */
export type PlanDifference =
  | {
      readonly kind: "scope";
      readonly member: keyof Scope;
      readonly before: string;
      readonly now: string;
    }
  /** Something else would be done to an agent; undefined is nothing. */
  | {
      readonly kind: "action";
      readonly key: AgentKey;
      readonly before: AgentOperation["action"] | undefined;
      readonly now: AgentOperation["action"] | undefined;
    }
  /** What was to be done to an agent is done, but not what was to be done to all of them. */
  | { readonly kind: "done"; readonly key: AgentKey }
  /** Another agent has the key. */
  | {
      readonly kind: "agent";
      readonly key: AgentKey;
      readonly before: AgentId | null;
      readonly now: AgentId | null;
    }
  | {
      readonly kind: "version";
      readonly key: AgentKey;
      readonly which: "default" | "newest";
      readonly before: Version | null;
      readonly now: Version | null;
    }
  /** The tags on the server: environment, key or protection. */
  | { readonly kind: "owner"; readonly key: AgentKey }
  /** A property stands at another value, or is to become another one. */
  | { readonly kind: "property"; readonly key: AgentKey; readonly path: string }
  /** The definition or the protection that a new version is to have. */
  | { readonly kind: "definition"; readonly key: AgentKey }
  | {
      readonly kind: "reuse";
      readonly key: AgentKey;
      readonly before: Version | null;
      readonly now: Version | null;
    }
  | {
      readonly kind: "pointer";
      readonly key: AgentKey;
      readonly pointer: string;
      readonly before: Route | undefined;
      readonly now: Route | undefined;
    }
  /** An alias of an agent that is to be deleted. */
  | {
      readonly kind: "alias";
      readonly key: AgentKey;
      readonly alias: string;
      readonly before: Version | undefined;
      readonly now: Version | undefined;
    }
  /** What was changed outside. */
  | { readonly kind: "drift"; readonly key: AgentKey }
  | {
      readonly kind: "gate";
      readonly command: string;
      readonly change: "removed" | "added" | "agents" | "timeout" | "files";
    }
  | {
      readonly kind: "check";
      readonly check: string;
      readonly change: "removed" | "added" | "agents" | "content";
    }
  /** Something forbids the plan by now. */
  | { readonly kind: "refusal"; readonly refusal: Refusal };

/** Whether two plans are for the same project on the same server. */
export function scopeDifferences(before: Scope, now: Scope): readonly PlanDifference[] {
  const members = ["server", "project", "environment"] as const;
  return members
    .filter((member) => before[member] !== now[member])
    .map((member) => ({ kind: "scope", member, before: before[member], now: now[member] }));
}

/** Everything that differs between what was approved and what would be done; empty when that is the same. */
export function planDifferences(
  before: ApprovedPlan,
  now: ApprovedPlan,
): readonly PlanDifference[] {
  const then = new Map(before.operations.map((each) => [each.key, each]));
  const today = new Map(now.operations.map((each) => [each.key, each]));
  const keys = [...new Set([...then.keys(), ...today.keys()])].sort();
  return [
    ...scopeDifferences(before.scope, now.scope),
    ...keys.flatMap((key) => operationDifferences(key, then.get(key), today.get(key))),
    ...gateDifferences(before.gates, now.gates),
    ...checkDifferences(before.checks, now.checks),
  ];
}

function operationDifferences(
  key: AgentKey,
  before: AgentOperation | undefined,
  now: AgentOperation | undefined,
): readonly PlanDifference[] {
  const action: PlanDifference = {
    kind: "action",
    key,
    before: before?.action,
    now: now?.action,
  };
  if (before === undefined || now === undefined) return [action];
  return [
    ...(before.action === now.action ? [] : [action]),
    ...factDifferences(key, before, now),
    ...changedNames(before.changes, now.changes).map(
      (path): PlanDifference => ({ kind: "property", key, path }),
    ),
    ...changedNames(before.moves, now.moves).map(
      (pointer): PlanDifference => ({
        kind: "pointer",
        key,
        pointer,
        before: before.moves[pointer],
        now: now.moves[pointer],
      }),
    ),
    ...changedNames(before.aliases, now.aliases).map(
      (alias): PlanDifference => ({
        kind: "alias",
        key,
        alias,
        before: before.aliases[alias],
        now: now.aliases[alias],
      }),
    ),
  ];
}

function factDifferences(
  key: AgentKey,
  before: AgentOperation,
  now: AgentOperation,
): readonly PlanDifference[] {
  const version = (which: "default" | "newest", name: "version" | "newest") =>
    ({ kind: "version", key, which, before: before[name], now: now[name] }) as const;
  const isSameAgent = before.id === now.id;
  return [
    ...(isSameAgent ? [] : [{ kind: "agent", key, before: before.id, now: now.id } as const]),
    ...(isSameAgent && before.version !== now.version ? [version("default", "version")] : []),
    ...(isSameAgent && before.newest !== now.newest ? [version("newest", "newest")] : []),
    ...(before.owner === now.owner ? [] : [{ kind: "owner", key } as const]),
    ...(same(before.stamp, now.stamp) ? [] : [{ kind: "definition", key } as const]),
    ...(before.reuse === now.reuse
      ? []
      : [{ kind: "reuse", key, before: before.reuse, now: now.reuse } as const]),
    ...(before.drift === now.drift ? [] : [{ kind: "drift", key } as const]),
  ];
}

function gateDifferences(
  before: readonly ApprovedGate[],
  now: readonly ApprovedGate[],
): readonly PlanDifference[] {
  const [then, today] = [byDigest(before), byDigest(now)];
  const digests = [...new Set([...before, ...now].map(({ digest }) => digest))].sort();
  return digests.flatMap((digest): readonly PlanDifference[] => {
    const [was = [], is = []] = [then.get(digest), today.get(digest)];
    const command = (is[0] ?? was[0])?.command ?? "";
    if (was.length === 0) return [{ kind: "gate", command, change: "added" }];
    if (is.length === 0) return [{ kind: "gate", command, change: "removed" }];
    const members = { agents: "agents", timeoutMs: "timeout", files: "files" } as const;
    const names = ["agents", "timeoutMs", "files"] as const;
    return names
      .filter((name) => !same(was.map(part(name)), is.map(part(name))))
      .map((name) => ({ kind: "gate", command, change: members[name] }));
  });
}

function checkDifferences(
  before: readonly ApprovedCheck[],
  now: readonly ApprovedCheck[],
): readonly PlanDifference[] {
  const names = [...new Set([...before, ...now].map(({ name }) => name))].sort();
  return names.flatMap((check): readonly PlanDifference[] => {
    const was = before.filter(({ name }) => name === check);
    const is = now.filter(({ name }) => name === check);
    if (was.length === 0) return [{ kind: "check", check, change: "added" }];
    if (is.length === 0) return [{ kind: "check", check, change: "removed" }];
    const digests = (checks: readonly ApprovedCheck[]) => checks.map(({ digest }) => digest);
    if (!same(digests(was), digests(is))) return [{ kind: "check", check, change: "content" }];
    return same(was, is) ? [] : [{ kind: "check", check, change: "agents" }];
  });
}

/** A command may stand there twice, with other agents. What is told of it may be masked, its digest is not. */
function byDigest(gates: readonly ApprovedGate[]): ReadonlyMap<string, readonly ApprovedGate[]> {
  return new Map(
    gates.map(({ digest }) => [digest, gates.filter((each) => each.digest === digest)]),
  );
}

function part<Name extends keyof ApprovedGate>(name: Name) {
  return (gate: ApprovedGate): ApprovedGate[Name] => gate[name];
}

function changedNames(
  before: Readonly<Record<string, unknown>>,
  now: Readonly<Record<string, unknown>>,
): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
  return names.filter((name) => !same(before[name], now[name]));
}

/** Both sides are plain data that was made, or read back, in one order of members. */
function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}
