import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DesiredProject } from "../../src/agent/definition.ts";
import { runDrift } from "../../src/commands/drift.ts";
import type { PlanRequest } from "../../src/commands/make-plan.ts";
import { runPlan } from "../../src/commands/plan.ts";
import { driftOf } from "../../src/plan/agent-drift.ts";
import { unlimited } from "../../src/plan/limits.ts";
import type { PlanOptions } from "../../src/plan/plan.ts";
import type { Refusal } from "../../src/plan/refusal.ts";
import { apply, prod } from "../apply/apply-plan.ts";
import { FakeServer } from "../apply/fake-server.ts";
import { noFlags, project, tags, type Wanted } from "../plan/world.ts";
import { idOf, noCheckout, only, told } from "./command-run.ts";
import { scene } from "./meddling.ts";

const triage = { key: "triage", description: "second", aliases: prod };
const billing = { key: "billing", aliases: prod };
const former = { key: "former", description: "was here before" };
const settled = project(triage, billing, former);
const sees = (agent: object) => project(agent as Wanted, billing, former);

type Situation = {
  readonly desired: (server: FakeServer) => DesiredProject;
  readonly act?: (server: FakeServer) => unknown;
  readonly options?: Partial<PlanOptions>;
  readonly retiresBy?: number;
  /** The code of `drift`: not 0 where nobody can say whose an agent is, so nothing of its drift either. */
  readonly drift: 0 | 3 | 4;
  /** The code of `plan`. */
  readonly plan: 3 | 4;
};

/** Refusals that a plan of a configuration cannot have: those of other commands. */
type OfOtherCommands =
  | "managed_already"
  | "never_bound"
  | "unknown_alias"
  | "alias_is_environment"
  | "same_variable"
  | "unwritable_name"
  | "foreign_version"
  | "nothing_before"
  | "unknown_commit"
  | "ambiguous_commit"
  | "secret_unset"
  | "protection_unknown";

const copyTags = (server: FakeServer, key: string) =>
  server.create({ name: "copy", model: "m", metadata: tags(key) });
const limits = (more: object) => ({ limits: { ...unlimited, ...more } });

/** A situation of each kind. */
const situations: {
  readonly [Kind in Exclude<Refusal["kind"], OfOtherCommands>]: Situation;
} = {
  unknown_id: { desired: () => sees({ ...triage, id: "ag_gone" }), drift: 3, plan: 3 },
  owned_elsewhere: {
    desired: (server) => sees({ key: "triage", id: idOf(server, "billing") }),
    drift: 3,
    plan: 3,
  },
  second_owner: {
    desired: (server) => sees({ ...triage, id: server.create({ name: "x", model: "m" }).id }),
    drift: 4,
    plan: 4,
  },
  duplicate_owner: {
    desired: () => settled,
    act: (server) => server.setAlias(copyTags(server, "triage").id, "prod", 0),
    drift: 4,
    plan: 4,
  },
  tags_lost: {
    desired: () => settled,
    act: (server) => server.update(idOf(server, "triage"), { metadata: null }),
    drift: 3,
    plan: 3,
  },
  unknown_key: { desired: () => settled, options: { only: ["nobody"] }, drift: 3, plan: 3 },
  name_taken: {
    desired: () => project(...[triage, billing, former, { key: "new" }]),
    act: (server) => server.create({ name: "new", model: "m" }),
    drift: 0,
    plan: 3,
  },
  other_environment_form: {
    desired: () => ({ ...settled, environment: "staging" }),
    drift: 0,
    plan: 3,
  },
  unknown_version: { desired: () => sees({ ...triage, aliases: { prod: 7 } }), drift: 0, plan: 3 },
  unknown_library: {
    desired: () => ({
      ...settled,
      agents: settled.agents.map((agent) => ({
        ...agent,
        definition: { ...agent.definition, tools: [{ type: "document_library" }] },
        libraryNames: new Map([[0, ["nowhere"]]]),
      })),
    }),
    drift: 0,
    plan: 3,
  },
  looks_renamed: {
    desired: () => project(triage, billing, { key: "later", name: "former" }),
    drift: 0,
    plan: 3,
  },
  renamed_back: {
    desired: () => settled,
    act: (server) => {
      const id = idOf(server, "triage");
      const content = server.stored(id).versions.get(0);
      const before = tags("before", { version: "0" });
      server.stored(id).versions.set(0, { ...content, metadata: before });
      server.switchTo(id, 0);
    },
    drift: 3,
    plan: 3,
  },
  no_secret: { desired: () => settled, options: { resendSecrets: ["triage"] }, drift: 0, plan: 3 },
  needs_create: {
    desired: () => project({ ...triage, handoffs: ["new"] }, { key: "new" }, billing, former),
    options: { only: ["triage"] },
    drift: 0,
    plan: 3,
  },
  protected: {
    desired: () => project(triage, billing),
    act: (server) => {
      const metadata = tags("guarded", { protect: "true" });
      server.create({ name: "guarded", model: "m", metadata });
    },
    options: { prune: true },
    drift: 0,
    plan: 3,
  },
  still_used: {
    desired: () => project(triage, billing),
    act: (server) => server.create({ name: "x", model: "m", handoffs: [idOf(server, "former")] }),
    options: { prune: true },
    drift: 0,
    plan: 3,
  },
  empty_configuration: {
    desired: () => project(),
    options: { prune: true, ...limits({ allowEmpty: false }) },
    drift: 0,
    plan: 3,
  },
  too_many_deletions: {
    desired: () => project(triage),
    options: { prune: true, ...limits({ maxDeletes: 1 }) },
    drift: 0,
    plan: 3,
  },
  too_many_updates: {
    desired: () => sees({ ...triage, description: "third" }),
    options: limits({ maxUpdates: { kind: "percent", percent: 30 } }),
    drift: 0,
    plan: 3,
  },
  too_many_agents: {
    desired: () => project(triage, billing, former, { key: "new" }),
    options: limits({ maxAgents: 3 }),
    drift: 0,
    plan: 3,
  },
  model_retires: {
    desired: () => sees({ ...triage, model: "old" }),
    retiresBy: Date.parse("2027-01-01T00:00:00Z"),
    drift: 0,
    plan: 3,
  },
};

function requestOn(
  server: FakeServer,
  desired: DesiredProject,
  { options, retiresBy }: Pick<Situation, "options" | "retiresBy"> = {},
): PlanRequest {
  const deprecation = { date: "2026-12-24T00:00:00Z", replacement: undefined };
  const old = { id: "old", aliases: [], deprecation, isArchived: false, canCallFunctions: true };
  const reader = { ...server.reader, models: async () => [old] };
  return {
    desired,
    server: "s",
    reader,
    options: { ...noFlags, ...options },
    ...(retiresBy !== undefined && { retiresBy }),
  };
}

describe("what forbids an apply is told by drift where nobody can say whose an agent is", () => {
  test.each(Object.entries(situations))("%s", async (kind, situation) => {
    const server = await scene();
    const desired = situation.desired(server);
    situation.act?.(server);
    const request = requestOn(server, desired, situation);

    const planned = await told((emit) =>
      runPlan({ ...request, commits: async () => noCheckout }, emit),
    );
    expect(only(planned, "planned").plan.refusals.map((each) => each.kind)).toContain(kind);
    expect(planned.code).toBe(situation.plan);

    const drift = await told((emit) => runDrift(request, emit));
    const found = only(drift, "drift_found").plan.refusals.map((each) => each.kind);
    expect(found.includes(kind as Refusal["kind"])).toBe(situation.drift !== 0);
    expect(drift.code).toBe(situation.drift);
    expect(server.writes).toEqual([]);
  });
});

const changes = fc.record(
  {
    description: fc.constantFrom("first", "second", "theirs", null),
    instructions: fc.constantFrom("one", "two", null),
    completion_args: fc.constantFrom({ top_p: 0.5 }, { top_p: 0.9, temperature: 0.1 }, {}),
    metadata: fc.constantFrom({ team: "x" }, { team: "y" }),
  },
  { requiredKeys: [] },
);

test("what drift says of an agent does not depend on what the file changes", async () => {
  let drifted = 0;
  await fc.assert(
    fc.asyncProperty(changes, changes, changes, async (before, theirs, pending) => {
      const server = new FakeServer();
      const managed = { key: "triage", metadata: { team: "w" }, aliases: prod };
      await apply(server, project({ ...managed, ...before }));
      const id = idOf(server, "triage");
      const label = (theirs.metadata ?? {}) as object;
      const metadata = { ...(server.read(id).metadata as object), ...label };
      server.update(id, { ...theirs, metadata });
      const driftFor = async (wanted: object) => {
        const request = requestOn(server, project({ ...managed, ...wanted }));
        const run = await told((emit) => runDrift(request, emit));
        return only(run, "drift_found").plan.agents.map(driftOf);
      };
      const alone = await driftFor(before);
      drifted += alone.flatMap(({ properties }) => properties).length > 0 ? 1 : 0;
      expect(await driftFor({ ...before, ...pending })).toEqual(alone);
    }),
    { numRuns: 60 },
  );
  expect(drifted).toBeGreaterThan(10);
});
