import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Fault } from "../../src/emulator/faults.ts";
import { acme, type Stage, setStage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const prod = { aliases: ["prod"] };
const agents = () => stage.emulator.world.agents();
const agentNamed = (name: string) => {
  const found = agents().find(({ id }) => stage.emulator.world.shown(id).name === name);
  if (found === undefined) throw new Error(`no agent ${name}`);
  return found;
};
const aliasesOf = (agent: ReturnType<typeof agentNamed>) =>
  Object.fromEntries(agent.aliases.map(({ alias, version }) => [alias, version]));
const pointers = () =>
  agents().map((agent) => [
    agent.id,
    stage.emulator.world.shown(agent.id).version,
    aliasesOf(agent),
  ]);

async function applied(config: Parameters<typeof acme>[0]): Promise<void> {
  stage.write(acme(config));
  const result = await stage.run("apply --auto-approve");
  expect(result.code, result.err).toBe(0);
  stage.takeWrites();
}

describe("before anything is written", () => {
  test("no key: 3, and the variable is named", async () => {
    stage.write(acme({ triage: {} }));
    const result = await stage.run("plan", { MISTRAL_API_KEY: "" });
    expect(result.code).toBe(3);
    expect(result.err).toContain("MISTRAL_API_KEY");
  });

  test("a key that is refused: 1, and the key is not shown", async () => {
    stage.write(acme({ triage: {} }));
    stage.emulator.faults.add({
      status: 401,
      times: null,
      body: { detail: "Invalid API Key: key-of-the-test" },
    });
    const result = await stage.run("plan --debug");
    expect(result.code).toBe(1);
    expect(result.err).toContain("Invalid API Key: ***");
    expect(result.out + result.err).not.toContain("key-of-the-test");
  });

  test("nobody listens: 1, with the reason", async () => {
    stage.write(acme({ triage: {} }));
    const result = await stage.run("plan", { AGENTVANE_SERVER_URL: "http://127.0.0.1:9" });
    expect(result.code).toBe(1);
    expect(result.err).toContain("ECONNREFUSED");
  });

  test("behind a proxy: the server is reached through it, or the reason is said", async () => {
    const asked: string[] = [];
    const proxy = createServer();
    proxy.on("connect", (request, socket) => {
      asked.push(request.url ?? "");
      socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const address = proxy.address();
    const port = typeof address === "object" ? address?.port : 0;
    stage.write(acme({ triage: {} }));
    const result = await stage.run("plan", {
      AGENTVANE_SERVER_URL: "https://agents.example.test",
      HTTPS_PROXY: `http://127.0.0.1:${port}`,
    });
    proxy.close();
    expect(result.code, result.err).toBe(1);
    expect(asked).toContain("agents.example.test:443");
    expect(result.err).not.toContain("mistake in agentvane");
  });

  test("plain http elsewhere, unknown flags, unknown formats: 64", async () => {
    stage.write(acme({ triage: {} }));
    for (const args of [
      "plan --server-url http://example.com",
      "plan --prun",
      "plan --format yaml",
      "plan --timeout 5",
      "fly",
    ]) {
      const result = await stage.run(args);
      expect(result.code, args).toBe(64);
      expect(result.out, args).toBe("");
      expect(result.err.split("\n").length, args).toBeLessThan(4);
    }
  });

  test("JSON was asked for: failures are JSON too, one document, nothing else on stdout", async () => {
    stage.write("version: 1\nagents: 5\n");
    for (const [args, code, env] of [
      ["plan --format json --prun", 64, {}],
      ["plan --format json", 3, {}],
      ["plan --format=json --timeout 5", 64, {}],
    ] as const) {
      const result = await stage.run(args, env);
      expect(result.code, args).toBe(code);
      expect(JSON.parse(result.out), args).toMatchObject({ errored: true, format_version: "1.0" });
    }
  });

  test("no terminal and no flag: 64, and how to go on", async () => {
    stage.write(acme({ triage: {} }));
    const result = await stage.run("apply");
    expect(result.code).toBe(64);
    expect(result.err).toContain("--auto-approve");
    expect(stage.takeWrites()).toEqual([]);
  });

  test("an invalid file: 3, all problems, each with its place", async () => {
    stage.write(
      "version: 1\nproject: acme\nagents:\n  triage:\n    modle: m\n    completion_args: { temperature: 7 }\n",
    );
    const result = await stage.run("validate");
    expect(result.code).toBe(3);
    expect(result.err).toContain("agents.yaml:5:5");
    expect(result.err).toContain("model");
    expect(result.err).toContain("agents.yaml:6:37");
  });

  test("limits: 3 before the first write", async () => {
    await applied({ a: {}, b: {}, c: {}, d: {}, e: {} });
    stage.write(acme({ a: {} }));
    expect((await stage.run("apply --prune --auto-approve")).code).toBe(3);
    stage.write({ version: 1, project: "acme" });
    expect((await stage.run("apply --prune --auto-approve --max-deletes 9")).code).toBe(3);
    stage.write(acme({ a: { description: "x" }, b: { description: "x" }, c: {}, d: {}, e: {} }));
    expect((await stage.run("apply --auto-approve --max-updates 1")).code).toBe(3);
    expect(stage.takeWrites()).toEqual([]);
    expect((await stage.run("apply --auto-approve --max-updates 40%")).code).toBe(0);
  });

  test("init writes a configuration that plans, and never over a file", async () => {
    expect((await stage.run("init")).code).toBe(0);
    expect((await stage.run("plan")).code).toBe(0);
    const before = readFileSync(path.join(stage.folder, "agents.yaml"), "utf8");
    expect((await stage.run("init")).code).toBe(3);
    expect(readFileSync(path.join(stage.folder, "agents.yaml"), "utf8")).toBe(before);
  });
});

describe("edits made outside", () => {
  test("are refused unattended with 4, overwritten when told to", async () => {
    await applied({ triage: { description: "mine", ...prod } });
    const { id } = agentNamed("triage");
    stage.emulator.world.editAgent(id, { description: "theirs" });
    const plan = await stage.run("plan --format json");
    expect(plan.code).toBe(0);
    expect(JSON.parse(plan.out)).toMatchObject({
      summary: { reuse: 1, update: 0, drift: 1, conflict: 0 },
      agents: [
        { changes: [{ path: "description", before: "theirs", after: "mine", origin: "drift" }] },
      ],
    });
    const refused = await stage.run("apply --auto-approve");
    expect(refused.code).toBe(4);
    expect(refused.err).toContain("--on-drift=overwrite");
    expect(stage.takeWrites()).toEqual([]);
    expect((await stage.run("apply --auto-approve --on-drift=overwrite")).code).toBe(0);
    expect((await stage.run("plan --detailed-exitcode")).code).toBe(0);
  });

  test("that dropped the tags are told apart from a stranger's agent", async () => {
    await applied({ triage: {} });
    const { id } = agentNamed("triage");
    stage.emulator.world.editAgent(id, { name: "renamed" }, { keepMetadata: false });
    const result = await stage.run("apply --auto-approve --allow-duplicate-names");
    expect(result.code).toBe(3);
    expect(result.err).toContain(id);
    expect(stage.takeWrites()).toEqual([]);
  });

  test("a copy made in the console stops everything with 4, both are named", async () => {
    await applied({ triage: {} });
    const { id } = agentNamed("triage");
    const copy = stage.emulator.world.copyAgent(id);
    const result = await stage.run("apply --auto-approve");
    expect(result.code).toBe(4);
    expect(result.err).toContain(id);
    expect(result.err).toContain(copy.id);
  });
});

describe("once something is written", () => {
  const before = { a: { ...prod }, b: { ...prod }, c: { ...prod } };
  const after = Object.fromEntries(
    Object.keys(before).map((key) => [key, { description: "new", ...prod }]),
  );

  test.each<[string, Fault]>([
    [
      "18: a PATCH that is refused",
      {
        method: "PATCH",
        skip: 2,
        status: 422,
        body: { detail: [{ loc: ["body", "description"], msg: "too dull", type: "x" }] },
      },
    ],
    ["19: an alias that cannot be moved", { method: "PUT", skip: 2, status: 422 }],
  ])("%s: 5, all pointers as before; a rerun succeeds", async (_name, fault) => {
    await applied(before);
    const stood = pointers();
    stage.write(acme(after));
    stage.emulator.faults.add(fault);
    const result = await stage.run("apply --auto-approve --report report.json");
    expect(result.code, result.err).toBe(5);
    expect(pointers()).toEqual(stood);
    expect(JSON.parse(readFileSync(path.join(stage.folder, "report.json"), "utf8"))).toMatchObject({
      kind: "report",
      errored: true,
    });
    expect((await stage.run("apply --auto-approve")).code).toBe(0);
    expect((await stage.run("plan --detailed-exitcode")).code).toBe(0);
  });

  test("a field that is not taken: 5, nothing released; that version is verified again, not built again", async () => {
    await applied(before);
    const stood = pointers();
    stage.write(acme(after));
    stage.emulator.faults.add({
      method: "PATCH",
      skip: 2,
      effect: "alter",
      set: { description: "dull" },
    });
    const first = await stage.run("apply --auto-approve");
    expect(first.code, first.err).toBe(5);
    expect(first.err).toContain("did not take description");
    expect(pointers()).toEqual(stood);
    stage.takeWrites();
    const again = await stage.run("apply --auto-approve");
    expect(again.code, again.err).toBe(5);
    expect(again.err).toContain("did not take description");
    expect(pointers()).toEqual(stood);
    expect(stage.takeWrites()).toEqual([]);
    stage.write(acme({ ...after, c: { description: "newer", ...prod } }));
    expect((await stage.run("apply --auto-approve")).code).toBe(0);
    expect((await stage.run("plan --detailed-exitcode")).code).toBe(0);
  });

  test("20: what cannot be put back: 6, with the repair; the next apply converges", async () => {
    await applied(before);
    stage.write(acme(after));
    stage.emulator.faults.add({ method: "PUT", skip: 2, status: 422, times: null });
    const result = await stage.run("apply --auto-approve --parallelism 1");
    expect(result.code).toBe(6);
    expect(result.err).toMatch(/aliases\?alias=prod&version=0/);
    stage.emulator.faults.clear();
    expect((await stage.run("apply --auto-approve")).code).toBe(0);
    expect((await stage.run("plan --detailed-exitcode")).code).toBe(0);
  });

  test.each<[string, Fault]>([
    ["lost", { method: "POST", effect: "lose_answer" }],
    ["hung up on", { method: "POST", effect: "lose_request" }],
    ["answered 502 after the fact", { method: "POST", status: 502, after_commit: true }],
    ["cut", { method: "POST", effect: "cut_body" }],
  ])("9, 10: a create that is %s makes one agent", async (_name, fault) => {
    stage.emulator.setBehaviour({ listed_after_reads: 2 });
    stage.emulator.faults.add(fault);
    stage.write(acme({ triage: { ...prod } }));
    const result = await stage.run("apply --auto-approve --settle 1s");
    expect(result.code, result.err).toBe(0);
    expect(agents()).toHaveLength(1);
  });

  test.each<[string, Fault]>([
    ["lost", { method: "PATCH", effect: "lose_answer" }],
    ["never there", { method: "PATCH", effect: "lose_request" }],
    ["502 after the fact", { method: "PATCH", status: 502, after_commit: true }],
  ])("12: an update whose answer is %s makes one version", async (_name, fault) => {
    await applied({ triage: { ...prod } });
    stage.write(acme({ triage: { description: "new", ...prod } }));
    stage.emulator.faults.add(fault);
    const result = await stage.run("apply --auto-approve");
    expect(result.code, result.err).toBe(0);
    expect(stage.emulator.world.shown(agentNamed("triage").id)).toMatchObject({
      version: 1,
      versions: expect.arrayContaining([0, 1]),
    });
    expect(aliasesOf(agentNamed("triage"))).toEqual({ prod: 1 });
  });

  test("17: another writer in between: 4, theirs is kept and both versions are named", async () => {
    await applied({ triage: { ...prod } });
    const { id } = agentNamed("triage");
    stage.write(acme({ triage: { description: "ours", ...prod } }));
    let done = false;
    stage.emulator.onRequest(({ method }) => {
      if (method === "PATCH" && !done) {
        done = true;
        stage.emulator.world.editAgent(id, { description: "theirs" });
      }
    });
    const result = await stage.run("apply --auto-approve");
    expect(result.code).toBe(4);
    expect(result.err).toMatch(/version 1/);
    expect(result.err).toMatch(/version 2/);
    expect(stage.emulator.world.shown(id)).toMatchObject({ version: 1, description: "theirs" });
  });

  test("24: a rate limit is waited out, and every update is made once", async () => {
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`k${at}`, {}]));
    await applied(many);
    stage.write(
      acme(Object.fromEntries(Object.keys(many).map((key) => [key, { description: "new" }]))),
    );
    stage.emulator.faults.add({ method: "PATCH", status: 429, times: 5, retry_after: "0" });
    expect((await stage.run("apply --auto-approve")).code).toBe(0);
    expect(agents().every(({ id }) => stage.emulator.world.shown(id).version === 1)).toBe(true);
  });

  test("25: SIGTERM: what is under way finishes, the rest is put back, 143", async () => {
    await applied(before);
    const stood = pointers();
    stage.write(acme(after));
    let puts = 0;
    stage.emulator.onRequest(({ method }) => {
      if (method !== "PUT") return;
      puts += 1;
      if (puts === 1) stage.signal("SIGTERM");
    });
    const result = await stage.run("apply --auto-approve --parallelism 1");
    expect(result.code, result.err).toBe(143);
    expect(pointers()).toEqual(stood);
  });

  test("a run that takes too long is ended the same way, with 5", async () => {
    await applied(before);
    const stood = pointers();
    stage.write(acme(after));
    stage.emulator.faults.add({ method: "PATCH", effect: "hang", times: 1 });
    const result = await stage.run("apply --auto-approve --timeout 3s --request-timeout 4s");
    expect(result.code, result.err).toBe(5);
    expect(pointers()).toEqual(stood);
  });

  test("a secret is nowhere, though the server echoes the request in its refusal", async () => {
    const token = 'zqx"en+of the/crm';
    const crm = {
      type: "connector",
      connector_id: "crm",
      authorization: { type: "api-key", value: "${{ secrets.T }}" },
    };
    stage.write(acme({ triage: { tools: [crm] } }));
    stage.emulator.faults.add({
      method: "POST",
      status: 422,
      body: {
        detail: `cannot take ${JSON.stringify(token)} or ${encodeURIComponent(token)} or ${token}`,
      },
    });
    const result = await stage.run("apply --auto-approve --debug --report report.json", {
      T: token,
    });
    expect(result.code).toBe(5);
    const report = readFileSync(path.join(stage.folder, "report.json"), "utf8");
    for (const text of [result.out, result.err, report]) {
      expect(text).not.toContain("zqx");
    }
    expect(JSON.stringify(stage.emulator.requests.map(({ path: target }) => target))).not.toContain(
      "tok",
    );
  });
});

describe("killed in the middle", () => {
  const circle = {
    a: { handoffs: ["b"], ...prod },
    b: { handoffs: ["c"], ...prod },
    c: { handoffs: ["a", "d"], ...prod },
    d: { ...prod },
  };

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9])(
    "11: SIGKILL at write %i of a circle: the next apply converges, with no agent twice",
    async (at) => {
      let writes = 0;
      stage.emulator.onRequest(({ method }) => {
        if (method === "GET") return;
        writes += 1;
        if (writes === at) stage.signal("SIGKILL");
      });
      stage.write(acme(circle));
      expect((await stage.run("apply --auto-approve")).code).toBe(null);
      const result = await stage.run("apply --auto-approve");
      expect(result.code, result.err).toBe(0);
      expect(agents()).toHaveLength(4);
      expect(
        agents().every(
          (agent) => aliasesOf(agent).prod === stage.emulator.world.shown(agent.id).version,
        ),
      ).toBe(true);
      expect((await stage.run("plan --detailed-exitcode")).code).toBe(0);
    },
  );

  test("22b: SIGKILL between an update and its alias: the next apply carries on without a version", async () => {
    await applied({ triage: { ...prod } });
    let killed = false;
    stage.emulator.onRequest(({ method }) => {
      if (method !== "PUT" || killed) return;
      killed = true;
      stage.signal("SIGKILL");
      throw new Error("never handled");
    });
    stage.write(acme({ triage: { description: "new", ...prod } }));
    await stage.run("apply --auto-approve");
    expect((await stage.run("apply --auto-approve")).code).toBe(0);
    expect(stage.emulator.world.shown(agentNamed("triage").id).version).toBe(1);
    expect(aliasesOf(agentNamed("triage"))).toEqual({ prod: 1 });
  });
});

describe("deleting", () => {
  test("--prune deletes what left the file, last; protected and used agents stay", async () => {
    await applied({ keep: { ...prod }, old: {}, safe: { lifecycle: { prevent_destroy: true } } });
    stage.write(acme({ keep: { description: "new", ...prod } }));
    const refused = await stage.run("apply --prune --auto-approve");
    expect(refused.code).toBe(3);
    expect(refused.err).toContain("safe");
    expect(stage.takeWrites()).toEqual([]);
    stage.write(acme({ keep: { description: "new", ...prod }, safe: {} }));
    expect((await stage.run("apply --auto-approve")).code).toBe(0);
    stage.takeWrites();
    stage.write(acme({ keep: { description: "newer", ...prod } }));
    const result = await stage.run("apply --prune --auto-approve");
    expect(result.code, result.err).toBe(0);
    expect(agents()).toHaveLength(1);
    const methods = stage.takeWrites().map((write) => write.split(" ")[0]);
    expect(methods).toEqual(["PATCH", "PUT", "DELETE", "DELETE"]);
  });

  test("a deletion that fails is 6, and the release stands", async () => {
    await applied({ keep: { ...prod }, old: {} });
    stage.write(acme({ keep: { description: "new", ...prod } }));
    stage.emulator.faults.add({ method: "DELETE", status: 422 });
    const result = await stage.run("apply --prune --auto-approve");
    expect(result.code).toBe(6);
    expect(aliasesOf(agentNamed("keep"))).toEqual({ prod: 1 });
  });
});
