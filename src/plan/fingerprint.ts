import type { DesiredAgent, DesiredProject } from "../agent/definition.ts";
import type { AgentId, AgentKey, AliasName, Version } from "../agent/identity.ts";
import type { Json } from "../agent/json.ts";
import { pathText } from "../agent/property-path.ts";
import { newestVersion, type RemoteAlias } from "../agent/remote-agent.ts";
import type { AgentPlan } from "./agent-plan.ts";
import { checkJson } from "./checked.ts";
import { digestOf } from "./digest.ts";
import type { PointerMove } from "./pointer-move.ts";
import type { Scope } from "./scope.ts";
import { specOf } from "./spec.ts";

/**
 * Three digests that tell whether a plan still holds: what was wanted, what was there, and what follows from
 * both. No clock, host, page order or secret is in them.
 */
export type PlanDigests = {
  readonly config: string;
  readonly remote: string;
  readonly plan: string;
};

/**
 * One agent that a plan concerns, as it was wanted and as it was seen. The highest version number gives away
 * an edit that was made and taken back, so the two numbers stand for the content, unless a version is edited in place:
 * that a plan made anew finds out by itself.
 */
export type Fingerprint = {
  readonly key: AgentKey;
  /** Null for an agent that no file wants. */
  readonly config: string | null;
  /** Null for an agent that does not exist. */
  readonly id: AgentId | null;
  readonly version: Version | null;
  readonly newest: Version | null;
  readonly aliases: Readonly<Record<AliasName, Version>>;
};

/** The fingerprints of all agents that a plan concerns, by key: those of the file, and those it deletes. */
export function fingerprintsOf(
  desired: readonly DesiredAgent[],
  plans: readonly AgentPlan[],
  aliases: ReadonlyMap<AgentId, readonly RemoteAlias[]>,
): readonly Fingerprint[] {
  const wanted = new Map(desired.map((agent) => [agent.key, agent]));
  return plans
    .filter(({ action }) => action !== "orphan")
    .map((plan) => {
      const agent = wanted.get(plan.key);
      const remote = plan.action === "create" ? undefined : plan.remote;
      const standing = remote === undefined ? [] : (aliases.get(remote.id) ?? []);
      return {
        key: plan.key,
        config: agent === undefined ? null : digestOf(configFingerprint(agent)),
        id: remote?.id ?? null,
        version: remote?.version ?? null,
        newest: remote === undefined ? null : newestVersion(remote),
        aliases: Object.fromEntries(standing.map(({ alias, version }) => [alias, version])),
      };
    });
}

/** The digests of a plan's parts. */
export function digestsOf(
  scope: Scope,
  fingerprints: readonly Fingerprint[],
  { gates, checks }: Pick<DesiredProject, "gates" | "checks">,
  plans: readonly AgentPlan[],
  waves: readonly (readonly PointerMove[])[],
): PlanDigests {
  const wanted = fingerprints.filter((each) => each.config !== null);
  const rules = gates.map(({ run, agents, timeoutMs }) => [run, agents, timeoutMs ?? null]);
  const conversations = checks.map((check): Json => [check.agents, checkJson(check)]);
  const config = digestOf([wanted.map((each) => [each.key, each.config]), rules, conversations]);
  const remote = digestOf(fingerprints.map(({ config: _wanted, ...seen }) => seen));
  const deeds = plans.map((plan) => [
    plan.key,
    plan.action,
    "changes" in plan ? plan.changes.map(({ path, after }) => [pathText(path), after ?? null]) : [],
  ]);
  const moves = waves.map((wave) =>
    wave.map(({ key, pointer, to }): readonly Json[] => [key, pointer, { ...to }]),
  );
  return { config, remote, plan: digestOf([{ ...scope }, config, remote, deeds, moves]) };
}

function configFingerprint(agent: DesiredAgent): Json {
  const aliases = [...agent.aliases].map(([alias, target]) => `${alias}=${target}`).sort();
  const { id, preventDestroy } = agent;
  return [specOf(agent), id ?? "", aliases, preventDestroy];
}
