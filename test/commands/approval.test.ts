import { describe, expect, test } from "vitest";
import type { DesiredProject } from "../../src/agent/definition.ts";
import type { ApplyRequest, Approval } from "../../src/commands/apply.ts";
import { unlimited } from "../../src/plan/limits.ts";
import type { PlanOptions } from "../../src/plan/plan.ts";
import { prod } from "../apply/apply-plan.ts";
import type { FakeServer } from "../apply/fake-server.ts";
import { project } from "../plan/world.ts";
import { applyOn, idOf, only, person, savedFor } from "./command-run.ts";
import { harmless, inShort, meddlings, scene, wanted } from "./meddling.ts";

const prune = { prune: true };

describe("somebody is asked", () => {
  test.each([
    ["yes", 0, true],
    ["no", 3, false],
    ["unavailable", 64, false],
  ] as const)("%s ends with %i", async (answer, code, writes) => {
    const server = await scene();
    const { asked, approve } = person(answer);
    const run = await applyOn(server, wanted, { kind: "ask", approve }, { options: prune });
    expect(run.code).toBe(code);
    expect(server.writes.length > 0).toBe(writes);
    expect(asked).toEqual([only(run, "planned").plan]);
  });

  test("and answers about what is announced, before anything is sent", async () => {
    const server = await scene();
    const { approve } = person("yes", () => expect(server.writes).toEqual([]));
    const { kinds } = await applyOn(server, wanted, { kind: "ask", approve });
    expect(kinds.slice(0, 4)).toEqual(["fetching", "planned", "fetching", "apply_started"]);
    expect(kinds.at(-1)).toBe("apply_finished");
  });

  test("about drift as well: their yes overwrites it", async () => {
    const server = await scene();
    server.update(idOf(server, "triage"), { description: "theirs" });
    const { approve } = person("yes");
    expect((await applyOn(server, wanted, { kind: "ask", approve })).code).toBe(0);
    expect(server.read(idOf(server, "triage")).description).toBe("third");
  });
});

describe("nobody is asked", () => {
  const few = { ...unlimited, maxUpdates: { kind: "count", count: 0 } } as const;
  const secret = {
    ...wanted,
    agents: project({
      key: "triage",
      aliases: prod,
      tools: [
        {
          type: "connector",
          connector_id: "crm",
          authorization: { type: "api-key", value: { secret: "TOKEN" } },
        },
      ],
    }).agents,
    unsetSecrets: new Map([["TOKEN", ["TOKEN"]]]),
  };
  type Case = {
    readonly desired?: DesiredProject;
    readonly act?: (server: FakeServer) => unknown;
    readonly options?: Partial<PlanOptions>;
    readonly more?: Partial<Pick<ApplyRequest, "commits">>;
    readonly last: string;
    readonly code: number;
  };
  const cases: { readonly [when: string]: Case } = {
    "when there is nothing to do": {
      desired: project({ key: "triage", description: "second", aliases: prod }),
      last: "planned",
      code: 0,
    },
    "when a rule forbids it": { options: { limits: few }, last: "planned", code: 3 },
    "when somebody else is at work": {
      act: (server) => meddlings["an agent is copied, tags and all"]?.act(server),
      last: "planned",
      code: 4,
    },
    "when a secret is not set": { desired: secret, last: "refused", code: 3 },
    "when nobody knows what is checked out": {
      more: {
        commits: {
          checkout: { kind: "unusable", problem: { kind: "no_program", folder: "/r", detail: "" } },
          history: "dates",
        },
      },
      last: "checkout_unusable",
      code: 1,
    },
  };

  test.each(Object.entries(cases))("%s", async (_when, { desired, act, options, more, ...end }) => {
    const server = await scene();
    act?.(server);
    const { asked, approve } = person("yes");
    const run = await applyOn(
      server,
      desired ?? wanted,
      { kind: "ask", approve },
      { ...more, ...(options && { options }) },
    );
    expect(asked).toEqual([]);
    expect({ last: run.kinds.at(-1), code: run.code }).toEqual(end);
    expect(server.writes).toEqual([]);
  });
});

describe("what somebody said yes to has to be what would be done", () => {
  test.each(Object.entries(meddlings))("%s meanwhile", async (_what, { act, told }) => {
    const server = await scene();
    const { asked, approve } = person("yes", () => act(server));
    const run = await applyOn(server, wanted, { kind: "ask", approve }, { options: prune });
    expect(asked).toHaveLength(1);
    expect(only(run, "plan_stale").differences.map(inShort)).toEqual(
      expect.arrayContaining([...told]),
    );
    expect(run.code).toBe(4);
    expect(server.writes).toEqual([]);
  });

  test.each(Object.entries(harmless))("%s: it still is", async (_what, act) => {
    const server = await scene();
    const { approve } = person("yes", () => act(server));
    const run = await applyOn(server, wanted, { kind: "ask", approve }, { options: prune });
    expect(run.code).toBe(0);
    expect(server.read(idOf(server, "triage")).description).toBe("third");
  });

  test("a no is a no, whatever happened meanwhile", async () => {
    const server = await scene();
    const { approve } = person("no", () => meddlings["an agent is edited"]?.act(server));
    const run = await applyOn(server, wanted, { kind: "ask", approve });
    expect(run.kinds.at(-1)).toBe("declined");
  });
});

describe("drift and approvals that were given before anybody looked", () => {
  const drifts = Object.entries(meddlings).filter(([, { told }]) => told.includes("drift triage"));
  const automatic = (onDrift: "fail" | "overwrite"): Approval => ({ kind: "automatic", onDrift });

  test("there is some to look at", () => {
    expect(drifts.length).toBeGreaterThan(4);
  });

  test.each(drifts)("%s: refused, and overwritten on request", async (_what, { act }) => {
    const server = await scene();
    act(server);
    const before = server.pointers();
    const refused = await applyOn(server, wanted, automatic("fail"));
    expect(only(refused, "drift_refused").keys).toEqual(["triage"]);
    expect(refused.code).toBe(4);
    expect(server.writes).toEqual([]);
    expect(server.pointers()).toEqual(before);

    const done = await applyOn(server, wanted, automatic("overwrite"));
    expect(done.code).toBe(0);
    const triage = server.read(idOf(server, "triage"));
    expect(triage).toMatchObject({ description: "third", instructions: null });
    expect(server.stored(triage.id).aliases.get("prod")).toBe(triage.version);
  });

  test("an agent of nobody that would lose what the file leaves out counts as well", async () => {
    const server = await scene();
    const { id } = server.create({ name: "console", model: "m", instructions: "by hand" });
    const adopting = project({ key: "console", id });
    const refused = await applyOn(server, adopting, automatic("fail"));
    expect(only(refused, "drift_refused").keys).toEqual(["console"]);
    expect(server.writes).toEqual([]);
  });

  test.each([
    ["fail", 4],
    ["overwrite", 0],
  ] as const)("a saved plan that shows some, and %s: %i", async (onDrift, code) => {
    const server = await scene();
    meddlings["an agent is edited"]?.act(server);
    const saved = await savedFor(server, wanted);
    const run = await applyOn(server, wanted, { kind: "saved", saved, onDrift });
    expect(run.code).toBe(code);
    expect(server.writes.length > 0).toBe(code === 0);
    expect(run.kinds.includes("drift_refused")).toBe(code === 4);
  });

  test("without drift a flag is enough", async () => {
    const server = await scene();
    expect((await applyOn(server, wanted, automatic("fail"))).code).toBe(0);
  });
});
