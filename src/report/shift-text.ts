import type { PlanFault } from "../commands/event.ts";
import type { Recorded } from "../commands/lineage.ts";
import type { Fingerprint } from "../plan/fingerprint.ts";
import type { Shift } from "../plan/shift.ts";
import { versionText } from "./pointer-move-text.ts";

/** What moved since a plan was made. */
export function shiftText(shift: Shift): string {
  switch (shift.kind) {
    case "scope":
      return `${shift.member}: the plan is for "${shift.before}", this run for "${shift.now}"`;
    case "config":
      return `${shift.key}: the configuration changed`;
    case "remote":
      return `${shift.key}: ${remoteText(shift.before, shift.now)}`;
    case "outcome":
      return "the same configuration and the same agents, but something else would be done";
  }
}

/** Why a file is no plan to carry out. */
export function planFaultText(fault: PlanFault): string {
  switch (fault.kind) {
    case "missing":
      return "does not exist";
    case "not_a_plan":
      return "is no plan that `agentvane plan --out` saved";
    case "altered":
      return "was altered after it was saved";
    case "other_tool":
      return `was saved by agentvane ${fault.tool}; plan again with this version`;
  }
}

/** A default version and where it comes from. */
export function recordedText({ key, commit }: Recorded): string {
  return `${key}: commit ${commit}`;
}

function remoteText(before: Fingerprint | undefined, now: Fingerprint | undefined): string {
  if (before === undefined || before.id === null) return "there is an agent now";
  if (now === undefined || now.id === null) return "the agent is gone";
  if (before.id !== now.id) return `the agent is ${now.id} now, not ${before.id}`;
  const facts = [
    ...(before.version === now.version
      ? []
      : [`default version ${versionText(before.version)} → ${versionText(now.version)}`]),
    ...(before.newest === now.newest
      ? []
      : [`newest version ${versionText(before.newest)} → ${versionText(now.newest)}`]),
    ...aliasFacts(before, now),
  ];
  return facts.join(", ");
}

function aliasFacts(before: Fingerprint, now: Fingerprint): readonly string[] {
  const then = new Map(Object.entries(before.aliases));
  const today = new Map(Object.entries(now.aliases));
  return [...new Set([...then.keys(), ...today.keys()])]
    .filter((alias) => then.get(alias) !== today.get(alias))
    .map((alias) => `${alias} ${versionText(then.get(alias))} → ${versionText(today.get(alias))}`);
}
