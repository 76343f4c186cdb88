import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ConversationScript } from "../../src/emulator/conversation-script.ts";
import { type Stage, setStage, startCommand, untilEnd } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const lookUp = { type: "function", function: { name: "lookup_order", parameters: {} } };

function write(edition: string, more: object = {}): void {
  stage.write({
    version: 1,
    project: "acme",
    defaults: { model: "m" },
    agents: {
      triage: {
        name: "Support triage",
        instructions: edition,
        handoffs: ["refunds"],
        aliases: { prod: "latest" },
      },
      refunds: { instructions: edition },
    },
    ...more,
  } as never);
}

async function applied(edition: string, more: object = {}): Promise<void> {
  write(edition, more);
  const result = await stage.run("apply --auto-approve");
  expect(result.code, result.err).toBe(0);
}

const script: ConversationScript = [
  { input: "refund", agent: "Support triage", reply: [{ type: "agent.handoff", to: "refunds" }] },
  { agent: "refunds", reply: "Refunded.\u001b[2J" },
];
const conversations = () => stage.emulator.control.conversations();
const posted = () =>
  stage.emulator.requests.filter(
    ({ method, path }) => method === "POST" && path.startsWith("/v1/conversations"),
  );
const versions = () =>
  posted().map(({ body }) => (body as { agent_version?: number }).agent_version);

describe("ask", () => {
  test("asks what prod runs; the answer is stdout, everything else is beside it", async () => {
    await applied("one");
    await applied("two");
    const id = stage.emulator.control.agents().find(({ aliases }) => aliases.length > 0)?.id ?? "";
    stage.emulator.control.setAlias(id, "prod", 0);
    stage.emulator.control.followScript(script);
    stage.takeWrites();
    const result = await stage.run("ask triage a refund please");
    expect(result.code, result.err).toBe(0);
    expect(result.out).toBe("Refunded.\\u{1b}[2J\n");
    expect(result.err).toContain("triage (Support triage) version 0, which prod runs");
    expect(result.err).toContain("triage │ hands off to refunds");
    expect(result.err).toMatch(/1 request, \d+ tokens \(\d+ of them output\), .* keeps nothing/);
    expect(versions()).toEqual([0]);
    expect(stage.takeWrites()).toEqual(["POST /v1/conversations"]);
    expect(conversations()).toEqual([]);
  });

  test("else the only alias, else the default; an alias or a version when asked", async () => {
    await applied("one");
    await applied("two");
    const asked = async (args: string) => {
      const before = posted().length;
      const result = await stage.run(args);
      return [result.code, versions()[before], result.err] as const;
    };
    const [, usual, told] = await asked("ask refunds hi");
    expect(usual).toBe(1);
    expect(told).toContain("version 1, its default");
    const id = stage.emulator.control.agents()[0]?.id ?? "";
    for (const agent of stage.emulator.control.agents()) {
      if (agent.aliases.length > 0) stage.emulator.control.removeAlias(agent.id, "prod");
      stage.emulator.control.setAlias(agent.id, "staging", 0);
    }
    expect(id).not.toBe("");
    expect((await asked("ask triage hi")).slice(0, 2)).toEqual([0, 0]);
    expect((await asked("ask triage hi --agent-version 1")).slice(0, 2)).toEqual([0, 1]);
    expect((await asked("ask triage hi --alias staging")).slice(0, 2)).toEqual([0, 0]);
    expect((await asked("ask triage hi --alias prod")).slice(0, 2)).toEqual([3, undefined]);
    expect((await asked("ask triage hi --agent-version 7")).slice(0, 2)).toEqual([3, undefined]);
    expect((await asked("ask nobody hi")).slice(0, 2)).toEqual([3, undefined]);
    expect((await asked("ask triage")).slice(0, 2)).toEqual([64, undefined]);
    expect((await asked("ask triage hi --alias prod --agent-version 1"))[0]).toBe(64);
  });

  test("functions are answered from a file, else with an error, and shown", async () => {
    await applied("one", {
      agents: { triage: { instructions: "x", tools: [lookUp], aliases: ["prod"] } },
    });
    stage.emulator.control.followScript([
      { input: "shipped", reply: "On its way." },
      { input: "no answer is defined", reply: "No idea." },
      { reply: [{ type: "function.call", name: "lookup_order", arguments: { order: "1" } }] },
    ]);
    stage.write("", { "functions.yaml": "lookup_order: { status: shipped }\n" });
    write("one", { agents: { triage: { instructions: "x", tools: [lookUp], aliases: ["prod"] } } });
    const known = await stage.run("ask triage order --functions functions.yaml");
    expect(known.out, known.err).toBe("On its way.\n");
    expect(known.err).toContain('triage │ calls lookup_order {"order":"1"}');
    expect(known.err).toContain('lookup_order │ {"status":"shipped"}');
    const unknown = await stage.run("ask triage order");
    expect(unknown.out).toBe("No idea.\n");
    expect(posted().every(({ body }) => (body as { store: boolean }).store === false)).toBe(true);
    expect((await stage.run("ask triage order --functions none.yaml")).code).toBe(3);
    stage.write("", { "functions.yaml": "- a\n" });
    write("one", { agents: { triage: { instructions: "x", tools: [lookUp], aliases: ["prod"] } } });
    expect((await stage.run("ask triage order --functions functions.yaml")).code).toBe(3);
  });

  test("JSON is one document, and says what was asked", async () => {
    await applied("one");
    stage.emulator.control.followScript(script);
    const result = await stage.run("ask triage refund --format json");
    expect(JSON.parse(result.out)).toMatchObject({
      format_version: "1.0",
      kind: "conversation",
      errored: false,
      key: "triage",
      version: 0,
      alias: "prod",
      transcript: [
        { kind: "user", text: "refund" },
        { kind: "handoff", from: "triage", to: "refunds" },
        { kind: "message", agent: "refunds" },
      ],
      requests: 1,
      usage: { prompt: expect.any(Number) },
    });
  });

  test("a failure ends it: 5, and never 0", async () => {
    await applied("one");
    stage.emulator.faults.add({
      path: "conversations",
      status: 403,
      body: { error: { message: "Content blocked by guardrail" } },
    });
    const result = await stage.run("ask triage hi --format json");
    expect(result.code).toBe(5);
    expect(JSON.parse(result.out)).toMatchObject({
      errored: true,
      error: { code: "conversation_failed" },
    });
    expect(result.err).toContain("Content blocked by guardrail");
  });

  test("Ctrl-C ends it at once, and deletes what is kept: 130", async () => {
    await applied("one", {
      agents: {
        triage: { instructions: "x", tools: [lookUp], handoffs: ["refunds"], aliases: ["prod"] },
        refunds: { instructions: "x" },
      },
    });
    stage.emulator.control.followScript([
      { reply: [{ type: "function.call", name: "lookup_order", arguments: {} }] },
    ]);
    stage.emulator.faults.add({ method: "POST", path: "conversations/", effect: "hang" });
    stage.emulator.onRequest(({ method, path }) => {
      if (method === "POST" && path.startsWith("/v1/conversations/")) stage.signal("SIGINT");
    });
    const result = await stage.run("ask triage hi");
    expect(result.code, result.err).toBe(130);
    expect(posted()).toMatchObject([{ body: { store: true } }, {}]);
    expect(conversations()).toEqual([]);
  });

  test("--follow reads a line a turn, and sends what was said before", async () => {
    await applied("one", { agents: { triage: { instructions: "x", aliases: ["prod"] } } });
    stage.emulator.control.followScript([{ input: "second", reply: "two" }, { reply: "one" }]);
    const env = { AGENTVANE_SERVER_URL: stage.url };
    const child = startCommand(stage.folder, "ask triage --follow", env, { stdin: "pipe" });
    const end = untilEnd(child);
    child.stdin?.end("first\n\nsecond\n");
    const result = await end;
    expect(result.code, result.err).toBe(0);
    expect(result.out).toBe("one\ntwo\n");
    expect(posted()[1]?.body).toMatchObject({
      store: false,
      inputs: [{ content: "first" }, { content: "one" }, { content: "second" }],
    });
  });

  test("--local needs no account, and takes a script", async () => {
    const rules = JSON.stringify([{ agent: "refunds", reply: "Hello." }]);
    stage.write("", { "script.json": rules, "wrong.json": "{}" });
    write("one");
    expect((await stage.run("apply --local --auto-approve")).code).toBe(0);
    const result = await stage.run("ask refunds hi --local --conversations script.json");
    expect(result.out).toBe("Hello.\n");
    const wrong = await stage.run("ask refunds hi --local --conversations wrong.json");
    expect(wrong.code).toBe(1);
    expect(wrong.err).toContain("a JSON list of rules");
  });
});

describe("check", () => {
  const checks = [
    { name: "hands over", agents: ["triage"], say: "refund", expect: { handoff: "refunds" } },
    { name: "polite", agents: ["refunds"], say: "refund", expect: { contains: "please" } },
  ];

  test("runs all checks on what stands: 2 when one fails, and nothing is written", async () => {
    await applied("one");
    stage.emulator.control.followScript(script);
    write("one", { checks });
    stage.takeWrites();
    const result = await stage.run("check");
    expect(result.code, result.err).toBe(2);
    expect(result.out).toContain("1 of 2 checks failed");
    expect(result.err).toContain('passed triage version 0, check "hands over"');
    expect(result.err).toContain("refunds │ Refunded.");
    expect(stage.takeWrites()).toEqual(["POST /v1/conversations", "POST /v1/conversations"]);
    const one = await stage.run("check triage --format json");
    expect(one.code).toBe(0);
    expect(JSON.parse(one.out)).toMatchObject({
      kind: "checks",
      errored: false,
      checks: [{ kind: "check_passed", key: "triage", check: "hands over", version: 0 }],
      skipped: [],
    });
  });

  test("of an alias; agents without it are skipped, and told", async () => {
    await applied("one");
    stage.emulator.control.followScript(script);
    write("one", { checks });
    const result = await stage.run("check --alias prod");
    expect(result.code, result.err).toBe(0);
    expect(result.out).toContain("1 check passed");
    expect(result.out).toContain("without the alias: refunds");
    expect((await stage.run("check refunds --alias prod")).code).toBe(3);
    expect((await stage.run("check nobody")).code).toBe(3);
    write("one");
    expect((await stage.run("check")).out).toContain("No check was run. Checks are defined under");
  });

  test("SIGTERM ends it: 143", async () => {
    await applied("one");
    write("one", { checks });
    stage.emulator.faults.add({ path: "conversations", effect: "hang", times: null });
    stage.emulator.onRequest(({ method }) => {
      if (method === "POST") stage.signal("SIGTERM");
    });
    expect((await stage.run("check")).code).toBe(143);
  });

  test("a lost server is a failed try", async () => {
    await applied("one");
    write("one", { checks });
    stage.emulator.faults.add({ path: "conversations", status: 503, times: null });
    const result = await stage.run("check triage");
    expect(result.code).toBe(2);
    expect(result.err).toContain("status 503");
  });
});
