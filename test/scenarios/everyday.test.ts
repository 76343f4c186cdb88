import { mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/emulator/json.ts";
import { awkward, behaviourVariants, variantsNamed } from "./behaviour-variants.ts";
import { acme, type Stage, setStage } from "./stage.ts";
import { agentNamed, applied, expectNothingToDo, methodsOf, pointers, refused } from "./steps.ts";

let stage: Stage;
afterEach(() => stage.close());

const secret = "secret-of-the-crm";

describe.each(behaviourVariants)("under %s", (_name, behaviour) => {
  test("1, 4: apply, plan, apply; clear everything", async () => {
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

  test("6: reading commands never write, and leave files only where they are told to", async () => {
    stage = await setStage();
    const settled = { triage: { aliases: ["prod"] }, other: {}, orphan: {} };
    await applied(stage, settled);
    stage.write(
      acme({
        triage: { description: "new", aliases: { prod: 0, old: null } },
        other: {},
        fresh: {},
      }),
    );
    const files = () => readdirSync(stage.folder, { recursive: true }).toSorted();
    const before = files();
    for (const args of [
      "plan",
      "plan --prune",
      "plan --only triage",
      "plan --format json",
      "drift",
      "drift --format json",
      "validate",
      "show",
      "show triage",
      "show --json",
      "render",
      "schema",
      "output",
      "output --format env",
      "history triage",
      "environments",
      "explain file_protected",
      "graph",
      "graph --format svg",
    ]) {
      expect((await stage.run(args)).code, args).toBe(0);
      expect(files(), args).toEqual(before);
    }
    expect((await stage.run("plan --out saved.json")).code).toBe(0);
    expect((await stage.run("output --out output.json")).code).toBe(0);
    expect(files()).toEqual([...before, "output.json", "saved.json"].toSorted());
    // Everything that is written down of the server's agents goes beside the file that is named.
    mkdirSync(path.join(stage.folder, "imported"));
    const imported = await stage.run("import --all --project acme --file imported/agents.yaml");
    expect(imported.code, imported.err).toBe(0);
    const beside = files().filter((name) => !String(name).startsWith("imported"));
    expect(beside).toEqual([...before, "output.json", "saved.json"].toSorted());
    expect(stage.takeWrites()).toEqual([]);
    // Nor when there is nothing but trouble.
    stage.emulator.control.editAgent(agentNamed(stage, "triage").id, { description: "theirs" });
    stage.emulator.control.copyAgent(agentNamed(stage, "other").id);
    for (const args of ["plan", "drift", "plan --out saved.json"]) await refused(stage, 4, args);
    expect(stage.takeWrites()).toEqual([]);
  });
});

describe("4: what is dropped from the file", () => {
  test("is cleared with one PATCH, each field in the form that clears it", async () => {
    stage = await setStage();
    const triage = { description: "d", tools: ["web_search"], handoffs: ["billing"] };
    await applied(stage, { triage, billing: {} });
    expect(methodsOf(await applied(stage, { triage: {}, billing: {} }))).toEqual(["PATCH"]);
    const patch = stage.emulator.requests.findLast(({ method }) => method === "PATCH");
    expect(patch?.body).toMatchObject({ description: null, tools: [], handoffs: null });
    await expectNothingToDo(stage);
  });

  test("deployment_chat goes on and off as declared, and stays as it is when the file leaves it out", async () => {
    stage = await setStage();
    const offered = () =>
      stage.emulator.control.shown(agentNamed(stage, "triage").id).deployment_chat;
    await applied(stage, { triage: { deployment_chat: true } });
    expect(await applied(stage, { triage: {} })).toEqual([]);
    expect(offered()).toBe(true);
    expect(methodsOf(await applied(stage, { triage: { deployment_chat: false } }))).toEqual([
      "PATCH",
    ]);
    expect(offered()).toBe(false);
    await expectNothingToDo(stage);
  });

  test("and cannot be cleared is named, with 5: handoffs, where null means unchanged", async () => {
    stage = await setStage({ null_in_patch: "unchanged" });
    await applied(stage, { triage: { handoffs: ["billing"], aliases: ["prod"] }, billing: {} });
    stage.write(acme({ triage: { aliases: ["prod"] }, billing: {} }));
    const { code, err } = await stage.run("apply --auto-approve");
    expect(code).toBe(5);
    expect(err).toContain("did not accept handoffs");
    expect(pointers(stage).triage).toEqual({ default: 0, prod: 0 });
  });
});

// What an update does to what it does not send depends on the version it starts from and on merging.
describe.each([
  ...variantsNamed("the likely behaviour", "summaries in lists", "PATCH onto the newest version"),
  awkward,
])("under %s", (_name, behaviour) => {
  test("5: fields and tools that nobody knows survive an update, and labels of others too", async () => {
    stage = await setStage(behaviour);
    await applied(stage, { triage: { tools: ["web_search"], instructions: "old" } });
    const [{ id } = { id: "" }] = stage.emulator.control.agents();
    const metadata = stage.emulator.control.shown(id).metadata as JsonObject;
    stage.emulator.control.remove(id);
    const telepathy = { type: "telepathy", range: 3 };
    const seeded = stage.emulator.control.seedAgent({
      versions: [
        {
          name: "triage",
          model: "mistral-small-latest",
          instructions: "old",
          tools: [{ type: "web_search" }, telepathy],
          brand_new: { x: 1 },
          metadata: { ...metadata, theirs: "label" },
        },
      ],
    });
    const writes = await applied(stage, { triage: { tools: ["web_search"], instructions: "new" } });
    expect(writes).toEqual([`PATCH /v1/agents/${seeded.id}`]);
    expect(stage.emulator.control.shown(seeded.id)).toMatchObject({
      instructions: "new",
      brand_new: { x: 1 },
      tools: expect.arrayContaining([telepathy]),
      metadata: { theirs: "label" },
    });
    await expectNothingToDo(stage);
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
