import { afterEach, describe, expect, test } from "vitest";
import { behaviourVariants } from "./behaviour-variants.ts";
import { acme, type Stage, setStage } from "./stage.ts";

let stage: Stage;
afterEach(() => stage.close());

const secret = "secret-of-the-crm";

describe.each(behaviourVariants)("under %s", (_name, behaviour) => {
  test("1, 4, 13: apply, plan, apply; clear; a circle with a tail", async () => {
    stage = await setStage(behaviour);
    const env = { T: secret };
    const crm = {
      type: "connector",
      connector_id: "crm",
      authorization: { type: "api-key", value: "${{ secrets.T }}" },
    };
    stage.write(
      acme({
        triage: {
          instructions: "Sort it out.\n",
          description: "First contact",
          tools: ["web_search", crm],
          guardrails: [{ moderation_llm_v2: { action: "block" } }],
          completion_args: { temperature: 0.3, response_format: { type: "json_object" } },
          metadata: { team: "x" },
          aliases: ["prod"],
        },
      }),
    );
    const first = await stage.run("apply --auto-approve --debug", env);
    expect(first.code, first.err).toBe(0);
    expect(first.out + first.err).not.toContain(secret);
    const writes = stage.takeWrites();
    expect(writes[0]).toBe("POST /v1/agents");
    expect(writes[1]).toMatch(/^PUT \/v1\/agents\/ag_[0-9a-f]+\/aliases\?alias=prod&version=[01]$/);
    expect(writes).toHaveLength(2);
    expect(await stage.run("plan --detailed-exitcode", env)).toMatchObject({ code: 0 });
    expect(await stage.run("apply --auto-approve", env)).toMatchObject({ code: 0 });
    expect(stage.takeWrites()).toEqual([]);

    stage.write(acme({ triage: { aliases: ["prod"] } }));
    expect(await stage.run("apply --auto-approve")).toMatchObject({ code: 0 });
    const patches = stage.takeWrites().filter((write) => write.startsWith("PATCH"));
    expect(patches).toHaveLength(behaviour.null_in_patch === "unchanged" ? 2 : 1);
    expect(await stage.run("plan --detailed-exitcode")).toMatchObject({ code: 0 });

    const circle = {
      a: { handoffs: ["b"] },
      b: { handoffs: ["c"] },
      c: { handoffs: ["a", "d"] },
      d: {},
    };
    stage.write(acme({ triage: { aliases: ["prod"] }, ...circle }));
    expect(await stage.run("apply --auto-approve")).toMatchObject({ code: 0 });
    const made = stage.takeWrites().map((write) => write.split(" ")[0]);
    expect(made.toSorted()).toEqual(["PATCH", "POST", "POST", "POST", "POST"]);
    expect(await stage.run("plan --detailed-exitcode")).toMatchObject({ code: 0 });
  });
});

describe("plans", () => {
  test("2: echoed defaults are no change, one temperature is one change", async () => {
    stage = await setStage();
    stage.write(acme({ triage: { completion_args: { top_p: 0.5 } } }));
    await stage.run("apply --auto-approve");
    expect(await stage.run("plan --detailed-exitcode")).toMatchObject({ code: 0 });
    stage.write(acme({ triage: { completion_args: { top_p: 0.5, temperature: 0.3 } } }));
    const result = await stage.run("plan --detailed-exitcode --format json");
    expect(result.code).toBe(2);
    expect(JSON.parse(result.out).agents[0].changes).toEqual([
      { path: "completion_args.temperature", before: null, after: 0.3, origin: "yours" },
    ]);
  });

  test("3: however the same thing is written, nothing changes and the digest stays", async () => {
    stage = await setStage();
    const digests = new Set<string>();
    const ways = [
      "version: 1\nproject: acme\nagents:\n  triage:\n    model: m\n    instructions: |\n      one\n      two\n    completion_args: { temperature: 1, top_p: null }\n",
      'project: acme\nversion: 1\nagents:\n  triage:\n    completion_args:\n      temperature: 1.0\n    instructions: "one\\ntwo"\n    model: m\n    description:\n',
      "version: 1\r\nproject: acme\r\nagents:\r\n  triage:\r\n    model: m\r\n    instructions: |\r\n      one\r\n      two\r\n    completion_args: { temperature: 1 }\r\n",
      "version: 1\nproject: acme\nagents:\n  triage:\n    <<: &base { model: m, completion_args: { temperature: 1 } }\n    instructions: 'one\n\n      two'\n",
    ];
    for (const way of ways) {
      stage.write(way);
      const result = await stage.run("plan --format json");
      expect(result.code, result.out + result.err).toBe(0);
      digests.add(JSON.parse(result.out).digests.config);
      expect((await stage.run("apply --auto-approve")).code).toBe(0);
    }
    expect(digests.size).toBe(1);
    expect(stage.takeWrites()).toEqual(["POST /v1/agents"]);
  });

  test("5: fields and tools that nobody knows survive an update", async () => {
    stage = await setStage();
    stage.write(acme({ triage: { tools: ["web_search"], instructions: "old" } }));
    await stage.run("apply --auto-approve");
    const [agent] = stage.emulator.world.agents();
    const before = stage.emulator.world.shown(agent?.id ?? "");
    const telepathy = { type: "telepathy", range: 3 };
    stage.emulator.world.remove(agent?.id ?? "");
    const {
      id: _id,
      version: _v,
      versions: _vs,
      object: _o,
      created_at: _c,
      updated_at: _u,
      source: _s,
      owner_id: _w,
      ...content
    } = before;
    const seeded = stage.emulator.world.seedAgent({
      versions: [{ ...content, tools: [{ type: "web_search" }, telepathy], brand_new: { x: 1 } }],
    });
    stage.takeWrites();
    stage.write(acme({ triage: { tools: ["web_search"], instructions: "new" } }));
    const result = await stage.run("apply --auto-approve");
    expect(stage.emulator.world.shown(seeded.id), result.err).toMatchObject({
      instructions: "new",
      brand_new: { x: 1 },
      tools: expect.arrayContaining([telepathy]),
    });
    expect(result.code).toBe(0);
    expect(stage.takeWrites()).toHaveLength(1);
  });

  test("6: reading commands never write", async () => {
    stage = await setStage();
    stage.write(acme({ triage: { aliases: ["prod"] }, other: {} }));
    await stage.run("apply --auto-approve");
    stage.write(
      acme({ triage: { description: "new", aliases: { prod: 0, old: null } }, fresh: {} }),
    );
    stage.takeWrites();
    for (const command of [
      "plan",
      "plan --prune",
      "validate",
      "show",
      "show triage",
      "render",
      "plan --format json",
    ]) {
      expect((await stage.run(command)).code, command).toBe(0);
    }
    expect(stage.takeWrites()).toEqual([]);
  });

  test("8: a namesake stops a create; with id it is adopted without a write", async () => {
    stage = await setStage();
    const { id } = stage.emulator.world.seedAgent({
      versions: [{ name: "triage", model: "mistral-small-latest" }],
    });
    stage.write(acme({ triage: {} }));
    const refused = await stage.run("apply --auto-approve");
    expect(refused.code).toBe(3);
    expect(refused.err).toContain(`id: ${id}`);
    expect(refused.err).toContain("--allow-duplicate-names");
    stage.write(acme({ triage: { id } }));
    expect(await stage.run("apply --auto-approve")).toMatchObject({ code: 0 });
    expect(stage.takeWrites()).toEqual([]);
    stage.write(acme({ triage: { id, description: "first change" } }));
    expect(await stage.run("apply --auto-approve")).toMatchObject({ code: 0 });
    expect(stage.takeWrites()).toEqual([`PATCH /v1/agents/${id}`]);
    expect(stage.emulator.world.shown(id).metadata).toMatchObject({ "agentvane.key": "triage" });
  });
});

test("27: 300 changed prompts of 20 KB, full of what could do harm: text and JSON stay inert and the same", async () => {
  stage = await setStage();
  const nasty =
    "```\n</details><script>alert(1)</script> @everyone\n\u001b[31m\u202e [x](http://x) ~~~\n";
  const prompt = (edition: string) => `${edition}\n${nasty.repeat(240)}${edition}`;
  const fleet = (edition: string) =>
    acme(
      Object.fromEntries(
        Array.from({ length: 300 }, (_, at) => [
          `k${at}`,
          { instructions: { file: "prompt.md" }, name: `${edition}` },
        ]),
      ),
    );
  stage.write(fleet("one"), { "prompt.md": prompt("one") });
  expect((await stage.run("apply --auto-approve -q")).code).toBe(0);
  stage.write(fleet("two"), { "prompt.md": prompt("two") });
  for (const args of ["plan", "plan --format json"]) {
    const first = await stage.run(args);
    expect(first.code).toBe(0);
    expect(first.out).not.toMatch(/[\u001b\u202e]/);
    expect(first.out).toContain("k299");
    expect((await stage.run(args)).out).toBe(first.out);
  }
});

describe("7: 2,345 agents on three pages", () => {
  const crowd = async () => {
    stage = await setStage();
    for (let at = 0; at < 2_345; at += 1) {
      stage.emulator.world.seedAgent({ versions: [{ name: `agent ${at}`, model: "m" }] });
    }
    stage.write(acme({ triage: {} }));
  };

  test("are listed with three requests", async () => {
    await crowd();
    expect((await stage.run("plan --prune")).code).toBe(0);
    expect(
      stage.emulator.requests.filter(({ path }) => path.startsWith("/v1/agents/pages")),
    ).toHaveLength(3);
  });

  test.each([
    ["fails", { status: 500, times: null }],
    ["repeats its cursor", { effect: "repeat_cursor" }],
    ["is not whole JSON", { effect: "cut_body", times: null }],
  ] as const)("a second page that %s ends the plan", async (_name, fault) => {
    await crowd();
    stage.emulator.faults.add({ path: "page_token", ...fault });
    const result = await stage.run("plan --prune");
    expect(result.code).toBe(1);
    expect(result.err).toMatch(/page [23] of the agent list/);
    expect(result.out).toBe("");
  });
});
