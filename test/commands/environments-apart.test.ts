import fc from "fast-check";
import { expect, test } from "vitest";
import type { DesiredProject } from "../../src/agent/definition.ts";
import type { AliasName } from "../../src/agent/identity.ts";
import type { Json } from "../../src/agent/json.ts";
import { runDestroy } from "../../src/commands/destroy.ts";
import { runForget } from "../../src/commands/forget.ts";
import { runPromote } from "../../src/commands/promote.ts";
import { runRollback } from "../../src/commands/rollback.ts";
import { runSweep } from "../../src/commands/sweep.ts";
import { ephemeralAgent } from "../../src/config/ephemeral-agent.ts";
import { apply, planFor } from "../apply/apply-plan.ts";
import { FakeServer } from "../apply/fake-server.ts";
import { project, type Wanted } from "../plan/world.ts";
import { carrying } from "./command-run.ts";

const environments = ["prod", "pr-1", "pr-12", "pr-2"] as const;
type Environment = (typeof environments)[number];

const verbs = [
  "apply",
  "prune",
  "promote",
  "rollback",
  "forget",
  "destroy",
  "destroy one",
  "sweep",
] as const;

/** The same keys in every environment; `edition` makes their content differ from apply to apply. */
function wanted(environment: Environment, edition: number): DesiredProject {
  const isEphemeral = environment !== "prod";
  const fleet: readonly Wanted[] = [
    { key: "triage", description: `edition ${edition}`, handoffs: ["billing"] },
    { key: "billing", instructions: `edition ${edition}`, aliases: { prod: "latest" } },
    ...(edition % 3 === 0 ? [] : [{ key: "refunds", aliases: { prod: "latest" } } as const]),
  ];
  const whole = { ...project(...fleet), environment, isEphemeral };
  const agents = whole.agents.map((agent) =>
    isEphemeral ? ephemeralAgent(agent, environment, "suffixed") : agent,
  );
  return { ...whole, agents };
}

/** Everything that the server has of the environments but one: versions, defaults, aliases. */
function others(server: FakeServer, environment: string): Json {
  return [...server.agents].flatMap(([id, { versions, aliases, current }]) => {
    const first = versions.get(0)?.metadata as { readonly [name: string]: Json } | undefined;
    if (first?.["agentvane.environment"] === environment) return [];
    return [{ id, current, versions: [...versions], aliases: [...aliases] } as unknown as Json];
  });
}

async function carryOut(
  server: FakeServer,
  verb: (typeof verbs)[number],
  environment: Environment,
  run: number,
): Promise<void> {
  const desired = wanted(environment, run);
  const common = { desired, server: "s", reader: server.reader, ...carrying(server) };
  const repointing = {
    ...common,
    approve: undefined,
    aliasNames: [],
    pattern: undefined,
    preparePins: undefined,
  };
  const prod = "prod" as AliasName;
  const emit = () => {};
  switch (verb) {
    case "apply":
    case "prune": {
      const isPruned = verb === "prune";
      const plan = await planFor(server, desired, isPruned);
      if (plan.refusals.length === 0) await apply(server, desired, { prune: isPruned });
      return;
    }
    case "promote": {
      const promotion = { from: prod, to: "live" as AliasName, only: [], allowForeign: true };
      return await runPromote({ ...repointing, promotion, environments: [] }, emit);
    }
    case "rollback":
      return await runRollback({ ...repointing, alias: prod, back: { kind: "release" } }, emit);
    case "forget":
      return await runForget({ ...common, key: "refunds" }, emit);
    case "destroy":
    case "destroy one": {
      const only = verb === "destroy" ? [] : ["refunds"];
      return await runDestroy({ ...common, only, approve: undefined, isPartlyRead: false }, emit);
    }
    case "sweep": {
      const { reader, writer } = server;
      return await runSweep(
        {
          ...carrying(server),
          project: "acme",
          environment: run % 2 === 0 ? environment : undefined,
          server: "s",
          keys: [{ reader, writer, isFor: (name) => run % 2 === 0 || name === environment }],
          isKept: (name) => name === "prod",
          olderThanMs: undefined,
          serverNow: () => Date.parse("2027-01-01T00:00:00Z"),
          approve: undefined,
        },
        emit,
      );
    }
  }
}

test("no operation of one environment touches another's agents", async () => {
  const steps = fc.array(fc.tuple(fc.constantFrom(...verbs), fc.constantFrom(...environments)), {
    minLength: 4,
    maxLength: 14,
  });
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(steps, async (story) => {
      const server = new FakeServer();
      for (const environment of environments) await apply(server, wanted(environment, 1));
      for (const [at, [verb, environment]] of story.entries()) {
        const before = others(server, environment);
        server.writes.length = 0;
        await carryOut(server, verb, environment, at + 2);
        if (server.writes.length > 0) seen.add(verb);
        expect(others(server, environment)).toEqual(before);
      }
    }),
    { numRuns: 60 },
  );
  // Every verb has written something, so there was something to get wrong.
  expect([...seen].sort()).toEqual([...verbs].sort());
});
