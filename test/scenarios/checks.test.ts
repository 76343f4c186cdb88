import { readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ConversationScript } from "../../src/emulator/conversation-script.ts";
import { idleTime } from "./idle-time.ts";
import { type Stage, setStage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const lookUp = { type: "function", function: { name: "lookup_order", parameters: {} } };

type Wanted = {
  readonly edition?: string;
  readonly triage?: object;
  readonly checks?: readonly object[];
};

/** Two agents in an edition, of which triage hands off to refunds, with checks. */
function write({ edition = "one", triage = {}, checks = [] }: Wanted): void {
  stage.write({
    version: 1,
    project: "acme",
    defaults: { model: "m" },
    agents: {
      triage: {
        instructions: edition,
        handoffs: ["refunds"],
        aliases: { prod: "latest" },
        ...triage,
      },
      refunds: { instructions: edition, aliases: { prod: "latest" } },
    },
    checks,
  } as never);
}

const refund = {
  name: "refunds are handed over",
  agents: ["triage"],
  say: "I want my money back",
  expect: { handoff: "refunds", contains: ["refund"] },
};

const handsOver: ConversationScript = [
  { agent: "triage", instructions: "two", reply: [{ type: "agent.handoff", to: "refunds" }] },
  { agent: "refunds", reply: "Your refund is on its way." },
];

const pointers = () =>
  stage.emulator.control
    .agents()
    .map((agent) => [
      agent.id,
      stage.emulator.control.shown(agent.id).version,
      agent.aliases.map(({ alias, version }) => [alias, version]),
    ]);
const conversations = () => stage.emulator.control.conversations();
const posted = () =>
  stage.emulator.requests.filter(
    ({ method, path: target }) => method === "POST" && target.startsWith("/v1/conversations"),
  );
const member = (body: unknown, name: string) => (body as Record<string, unknown>)[name];
const report = () => JSON.parse(readFileSync(path.join(stage.folder, "r.json"), "utf8"));

async function released(wanted: Wanted = {}): Promise<void> {
  write(wanted);
  const result = await stage.run("apply --auto-approve");
  expect(result.code, result.err).toBe(0);
}

async function applied(wanted: Wanted) {
  write({ edition: "two", ...wanted });
  return stage.run("apply --auto-approve --report r.json");
}

describe("a check before a release", () => {
  test("that passes: it talks to the exact version, stores nothing, and prod moves", async () => {
    await released();
    stage.emulator.control.followScript(handsOver);
    const result = await applied({ checks: [refund] });
    expect(result.code, result.err).toBe(0);
    expect(result.out).toContain("1 check runs before the release, about 1 request:");
    expect(result.err).toContain('passed triage version 1, check "refunds are handed over"');
    expect(posted()).toMatchObject([
      {
        body: {
          agent_version: 1,
          store: false,
          inputs: [{ type: "message.input", content: "I want my money back" }],
        },
      },
    ]);
    expect(conversations()).toEqual([]);
    expect(pointers().map(([, version, aliases]) => [version, aliases])).toEqual([
      [1, [["prod", 1]]],
      [1, [["prod", 1]]],
    ]);
    expect(report().operations).toContainEqual(
      expect.objectContaining({ kind: "check_passed", key: "triage", version: 1, passed: 1 }),
    );
  });

  test("that fails: the conversation is shown, and everything stays as it was: 5", async () => {
    await released();
    const before = pointers();
    stage.emulator.control.followScript([
      { agent: "triage", reply: "Write to\nsupport \u001b[2J" },
    ]);
    const result = await applied({ checks: [refund] });
    expect(result.code).toBe(5);
    expect(result.err).toContain('the check "refunds are handed over" of triage version 1 failed');
    expect(result.err).toContain("refunds did not take over");
    expect(result.err).toContain('the last message does not contain "refund"');
    expect(result.err).toContain("user │ I want my money back");
    expect(result.err).toContain("triage │ Write to");
    expect(result.err).toContain("support \\u{1b}[2J");
    expect(pointers()).toEqual(before);
    const [failed] = report().operations.filter(
      ({ kind }: { kind: string }) => kind === "check_failed",
    );
    expect(failed.tries[0].transcript).toContainEqual({
      kind: "user",
      text: "I want my money back",
    });
    expect(report().error).toMatchObject({ code: "check_failed" });
  });

  test("of a new agent at version 0", async () => {
    stage.emulator.control.followScript([{ reply: "Hello." }]);
    const hello = { say: "hi", expect: { contains: "Hello", matches: "^H" } };
    const result = await applied({ checks: [hello] });
    expect(result.code, result.err).toBe(0);
    expect(posted().map(({ body }) => member(body, "agent_version"))).toEqual([0, 0]);
  });

  test("answers functions, and sends the whole list of entries again", async () => {
    await released({ triage: { handoffs: [] } });
    stage.emulator.control.followScript([
      { input: "shipped", reply: "It was shipped." },
      {
        reply: [{ type: "function.call", name: "lookup_order", arguments: { order: "123", a: 1 } }],
      },
    ]);
    const check = {
      agents: ["triage"],
      say: "Where is order 123?",
      functions: { lookup_order: { status: "shipped" } },
      expect: {
        calls: { name: "lookup_order", arguments: { order: "123" } },
        contains: ["shipped"],
        not_contains: ["lost"],
      },
    };
    const result = await applied({ triage: { handoffs: [], tools: [lookUp] }, checks: [check] });
    expect(result.code, result.err).toBe(0);
    const [, second] = posted();
    expect(second?.body).toMatchObject({
      store: false,
      agent_version: 1,
      inputs: [
        { type: "message.input" },
        { type: "function.call", name: "lookup_order" },
        { type: "function.result", result: '{"status":"shipped"}' },
      ],
    });
    expect(conversations()).toEqual([]);
  });

  test("that has handoffs and functions is stored, marked, and deleted", async () => {
    await released();
    const seen: unknown[] = [];
    stage.emulator.onRequest(({ method }) => {
      if (method === "DELETE") seen.push(conversations()[0]?.metadata);
    });
    stage.emulator.control.followScript([
      { input: "shipped", reply: [{ type: "agent.handoff", to: "refunds" }] },
      { agent: "triage", reply: [{ type: "function.call", name: "lookup_order", arguments: {} }] },
      { reply: "refund" },
    ]);
    const check = { ...refund, functions: { lookup_order: "shipped" } };
    const result = await applied({ triage: { tools: [lookUp] }, checks: [check] });
    expect(result.code, result.err).toBe(0);
    expect(posted().map(({ body }) => member(body, "store"))).toEqual([true, true]);
    expect(seen).toEqual([
      {
        "agentvane.project": "acme",
        "agentvane.environment": "",
        "agentvane.run": report().release,
        "agentvane.until": expect.stringMatching(/^20\d\d-.*Z$/),
      },
    ]);
    expect(conversations()).toEqual([]);
  });

  test.each([400, 422] as const)(
    "goes on stored where a replay is refused with %s",
    async (status) => {
      stage.emulator.setBehaviour({ replay_with_agent: status });
      await released({ triage: { handoffs: [] } });
      stage.emulator.control.followScript([
        { input: "shipped", reply: "shipped" },
        { reply: [{ type: "function.call", name: "lookup_order", arguments: {} }] },
      ]);
      const check = {
        agents: ["triage"],
        say: "Where?",
        functions: { lookup_order: "shipped" },
        expect: { contains: "shipped" },
      };
      const result = await applied({ triage: { handoffs: [], tools: [lookUp] }, checks: [check] });
      expect(result.code, result.err).toBe(0);
      expect(posted().map(({ body }) => member(body, "store"))).toEqual([false, false, true, true]);
      expect(conversations()).toEqual([]);
    },
  );

  test("that goes on calling functions fails after ten requests", async () => {
    await released({ triage: { handoffs: [] } });
    stage.emulator.control.followScript([
      { reply: [{ type: "function.call", name: "lookup_order", arguments: {} }] },
    ]);
    const check = { agents: ["triage"], say: "x", expect: { contains: "y" } };
    const result = await applied({ triage: { handoffs: [], tools: [lookUp] }, checks: [check] });
    expect(result.code).toBe(5);
    expect(result.err).toContain("still called functions after 10 requests");
    expect(result.err).toContain("no answer is defined for lookup_order");
    expect(posted()).toHaveLength(10);
  });

  test("with tries: passes as soon as enough of them held", async () => {
    await released();
    stage.emulator.control.followScript([
      { agent: "triage", reply: "No.", times: 1 },
      { reply: "refund" },
    ]);
    const check = { ...refund, expect: { contains: "refund" }, tries: 4, passes: 2 };
    const result = await applied({ checks: [check] });
    expect(result.code, result.err).toBe(0);
    expect(posted()).toHaveLength(3);
    expect(result.err).toContain("try 1 of 4 failed");
    expect(result.err).toContain("3 requests");
  });

  test("with tries: fails as soon as too few of them can hold", async () => {
    await released();
    stage.emulator.control.followScript([{ reply: "No." }]);
    const result = await applied({ checks: [{ ...refund, tries: 5, passes: 4 }] });
    expect(result.code).toBe(5);
    expect(posted()).toHaveLength(2);
    expect(result.err).toContain("0 of 2 tries passed, 4 needed");
  });

  test("several turns are one conversation", async () => {
    await released({ triage: { handoffs: [] } });
    stage.emulator.control.followScript([{ input: "second", reply: "two" }, { reply: "one" }]);
    const check = { agents: ["refunds"], say: ["first", "second"], expect: { contains: "two" } };
    const result = await applied({ checks: [check] });
    expect(result.code, result.err).toBe(0);
    expect(posted()[1]?.body).toMatchObject({
      inputs: [
        { content: "first" },
        { type: "message.output", content: "one" },
        { content: "second" },
      ],
    });
  });

  test("JSON by a schema, and tokens", async () => {
    await released();
    const schema = { type: "object", required: ["kind"], properties: { kind: { enum: ["a"] } } };
    const check = {
      agents: ["refunds"],
      say: "x",
      expect: { json_schema: { file: "out.json" }, max_output_tokens: 5 },
    };
    const usage = { prompt_tokens: 1, completion_tokens: 9, total_tokens: 10 };
    stage.emulator.control.followScript([{ reply: '{"kind":"b"}', usage }]);
    stage.write("", { "out.json": JSON.stringify(schema) });
    const result = await applied({ checks: [check] });
    expect(result.code).toBe(5);
    expect(result.err).toContain(
      "the last message does not follow the schema: /kind must be equal",
    );
    expect(result.err).toContain("the answers took 9 tokens, more than 5");
    stage.emulator.control.followScript([{ reply: '{"kind":"a"}' }]);
    expect((await stage.run("apply --auto-approve")).code).toBe(0);
  });
});

describe("what goes wrong while a check is run", () => {
  test("a rate limit is waited for", async () => {
    await released();
    stage.emulator.control.followScript(handsOver);
    stage.emulator.faults.add({ method: "POST", path: "conversations", status: 429, times: 2 });
    const result = await applied({ checks: [refund] });
    expect(result.code, result.err).toBe(0);
    expect(posted()).toHaveLength(3);
  });

  test.each([
    ["a 500", { status: 500 }, "status 500"],
    [
      "a 403 of a guardrail",
      { status: 403, body: { error: { message: "Content blocked by guardrail" } } },
      "blocked by guardrail",
    ],
    ["a lost answer", { effect: "lose_answer" }, "/v1/conversations"],
    ["an answer that is no JSON", { effect: "not_json" }, "web page"],
    ["half an answer", { effect: "cut_body" }, "not valid JSON"],
  ] as const)("%s is a failed try, and is not sent again", async (_what, fault, words) => {
    await released();
    const before = pointers();
    stage.emulator.control.followScript(handsOver);
    stage.emulator.faults.add({ method: "POST", path: "conversations", ...fault } as never);
    const result = await applied({ checks: [refund] });
    expect(result.code).toBe(5);
    expect(result.err).toContain(words);
    expect(posted()).toHaveLength(1);
    expect(pointers()).toEqual(before);
  });

  test("an answer that takes too long is a failed try", async () => {
    await released();
    const before = pointers();
    stage.emulator.faults.add({ method: "POST", path: "conversations", effect: "hang" });
    write({ edition: "two", checks: [refund] });
    const result = await stage.run("apply --auto-approve --check-timeout 300ms");
    expect(result.code).toBe(5);
    expect(result.err).toContain("no answer within 0.3 s");
    expect(pointers()).toEqual(before);
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s ends it at once, and everything goes back: %s", async (signal, code) => {
    await released();
    const before = pointers();
    stage.emulator.faults.add({ method: "POST", path: "conversations", effect: "hang" });
    stage.emulator.onRequest(({ method, path: target }) => {
      if (method === "POST" && target === "/v1/conversations") stage.signal(signal);
    });
    const result = await applied({ checks: [refund] });
    expect(result.code, result.err).toBe(code);
    expect(pointers()).toEqual(before);
  });

  test("the end of the run's time ends it too: 5", async () => {
    await released();
    const before = pointers();
    stage.emulator.faults.add({ method: "POST", path: "conversations", effect: "hang" });
    stage.emulator.onRequest(({ method, path: target }) => {
      if (method === "POST" && target === "/v1/conversations") stage.signal("SIGUSR2");
    });
    write({ edition: "two", checks: [refund] });
    const result = await stage.run("apply --auto-approve --timeout 30s", idleTime);
    expect(result.code).toBe(5);
    expect(result.err).toContain("The run timed out");
    expect(pointers()).toEqual(before);
  });

  test("a stored conversation whose start was cut off is found and deleted", async () => {
    await released();
    stage.emulator.control.followScript(handsOver);
    stage.emulator.faults.add({ method: "POST", path: "conversations", effect: "lose_answer" });
    const result = await applied({ triage: { tools: [lookUp] }, checks: [refund] });
    expect(result.code).toBe(5);
    expect(posted()).toMatchObject([{ body: { store: true } }]);
    expect(conversations()).toEqual([]);
  });

  test("a conversation that cannot be deleted is told: 6, and the release stands", async () => {
    await released();
    stage.emulator.control.followScript(handsOver);
    stage.emulator.faults.add({
      method: "DELETE",
      path: "conversations",
      status: 403,
      times: null,
    });
    const result = await applied({ triage: { tools: [lookUp] }, checks: [refund] });
    expect(result.code).toBe(6);
    const [left] = conversations();
    expect(result.err).toContain(`DELETE /v1/conversations/${left?.id}`);
    expect(report().released).toBe(true);
  });

  test("what earlier runs left behind is deleted when its time is over, and nothing else", async () => {
    await released();
    stage.emulator.setBehaviour({ metadata_filter: "ignored" });
    const seed = (project: string, environment: string, until: string) =>
      stage.emulator.control.seedConversation({
        metadata: {
          "agentvane.project": project,
          "agentvane.environment": environment,
          "agentvane.run": "r0",
          "agentvane.until": until,
        },
      }).id;
    const past = "2020-01-01T00:00:00Z";
    seed("acme", "", past);
    const kept = [
      seed("acme", "", "2999-01-01T00:00:00Z"),
      seed("acme", "pr-1", past),
      seed("other", "", past),
      seed("acme", "", "some day"),
      stage.emulator.control.seedConversation({ metadata: null }).id,
    ];
    stage.emulator.control.followScript(handsOver);
    const result = await applied({ checks: [refund] });
    expect(result.code, result.err).toBe(0);
    expect(conversations().map(({ id }) => id)).toEqual(kept);
  });

  test("where conversations cannot be listed, that is told and no more", async () => {
    await released();
    stage.emulator.control.followScript(handsOver);
    stage.emulator.faults.add({ method: "GET", path: "conversations", status: 403, times: null });
    const result = await applied({ checks: [refund] });
    expect(result.code, result.err).toBe(0);
    expect(result.err).toContain("were not looked for");
  });
});

describe("which checks run", () => {
  test("those of agents that are written or moved, and none without changes", async () => {
    const checks = [{ say: "hi", expect: {} }];
    await released({ checks });
    expect(posted()).toHaveLength(2);
    await released({ checks });
    expect(posted()).toHaveLength(2);
    write({ checks, triage: { description: "new" } });
    const result = await stage.run("plan --format json");
    expect(JSON.parse(result.out).checks).toEqual([
      { agent: "triage", check: "1", tries: 1, requests: 1 },
    ]);
  });

  test("a plan warns of more than 100 requests", async () => {
    write({ checks: [{ say: "hi", expect: {}, tries: 20 }] });
    expect((await stage.run("plan")).out).not.toContain("paid for");
    const six = ["1", "2", "3", "4", "5", "6"].map((say) => ({ say, expect: {}, tries: 9 }));
    write({ checks: six });
    const text = (await stage.run("plan")).out;
    expect(text).toContain("12 checks run before the release, about 108 requests:");
    expect(text).toContain("Every request is paid for");
    expect((await stage.run("plan --format markdown")).out).toContain("about 108 requests");
    expect((await stage.run("plan --format html")).out).toContain("about 108 requests");
  });

  test("a saved plan does not hold when a check has changed", async () => {
    write({ checks: [refund] });
    expect((await stage.run("plan --out plan.json")).code).toBe(0);
    write({ checks: [{ ...refund, tries: 2 }] });
    const result = await stage.run("apply plan.json");
    expect(result.code).toBe(4);
  });
});
