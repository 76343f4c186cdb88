import type { AgentKey } from "../agent/identity.ts";
import type { Json } from "../agent/json.ts";
import { sameJson } from "../agent/json.ts";
import type { Fingerprint } from "./fingerprint.ts";
import type { Plan } from "./plan.ts";

/** What of a plan is kept to tell later whether it still holds. */
export type PlanIdentity = Pick<Plan, "scope" | "options" | "fingerprints" | "digests">;

/** Something that is no longer as it was when a plan was made. */
export type Shift =
  | {
      readonly kind: "scope";
      readonly member: keyof Plan["scope"];
      readonly before: string;
      readonly now: string;
    }
  /** The definition, the aliases or the lifecycle of an agent in the configuration. */
  | { readonly kind: "config"; readonly key: AgentKey }
  /** What stands on the server; undefined where there is no such agent. */
  | {
      readonly kind: "remote";
      readonly key: AgentKey;
      readonly before: Fingerprint | undefined;
      readonly now: Fingerprint | undefined;
    }
  /** Inputs are the same, and yet other things would be done. */
  | { readonly kind: "outcome" };

/** Whether two plans are for the same project on the same server. */
export function scopeShifts(before: Plan["scope"], now: Plan["scope"]): readonly Shift[] {
  const members = ["server", "project", "environment"] as const;
  return members
    .filter((member) => before[member] !== now[member])
    .map((member) => ({ kind: "scope", member, before: before[member], now: now[member] }));
}

/** Everything that moved between two plans; empty when the second one does exactly what the first one says. */
export function shiftsBetween(before: PlanIdentity, now: PlanIdentity): readonly Shift[] {
  const then = new Map(before.fingerprints.map((each) => [each.key, each]));
  const today = new Map(now.fingerprints.map((each) => [each.key, each]));
  const keys = [...new Set([...then.keys(), ...today.keys()])].sort();
  const moved = [
    ...scopeShifts(before.scope, now.scope),
    ...keys.flatMap((key) => agentShifts(key, then.get(key), today.get(key))),
  ];
  if (moved.length > 0 || before.digests.plan === now.digests.plan) return moved;
  return [{ kind: "outcome" }];
}

function agentShifts(
  key: AgentKey,
  before: Fingerprint | undefined,
  now: Fingerprint | undefined,
): readonly Shift[] {
  const shifts: Shift[] = [];
  if ((before?.config ?? null) !== (now?.config ?? null)) shifts.push({ kind: "config", key });
  if (!sameJson(seen(before), seen(now))) shifts.push({ kind: "remote", key, before, now });
  return shifts;
}

/** An agent that does not exist looks the same whether a plan would create it or has never heard of it. */
function seen(fingerprint: Fingerprint | undefined): Json {
  if (fingerprint === undefined || fingerprint.id === null) return null;
  const { config: _wanted, ...remote } = fingerprint;
  return remote;
}
