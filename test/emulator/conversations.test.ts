import { expect, test } from "vitest";
import { parseScript } from "../../src/emulator/conversation-script.ts";
import { callEmulator } from "./caller.ts";

const say = (content: string) => ({ role: "user", content });
const lookUp = { type: "function", function: { name: "look_up", parameters: {} } };
const call = { type: "function.call", tool_call_id: "abc123XYZ", name: "look_up", arguments: "{}" };
const result = { type: "function.result", tool_call_id: "abc123XYZ", result: "42" };

test.each([
  ["neither agent nor model", {}, 422],
  ["both", { agent_id: "ag_1", model: "m" }, 422],
  ["an unknown agent", { agent_id: "ag_none" }, 404],
  ["an unknown member", { model: "m", colour: "red" }, 422],
  ["no inputs", { model: "m", inputs: undefined }, 422],
  ["an unknown type of entry", { model: "m", inputs: [{ type: "message.system" }] }, 422],
  ["a result that is no string", { model: "m", inputs: [{ ...result, result: 42 }] }, 422],
  ["a call without its result", { model: "m", inputs: [say("x"), call] }, 400],
  ["a result without its call", { model: "m", inputs: [result] }, 400],
  ["two results of one call", { model: "m", inputs: [call, result, result] }, 400],
  ["handoff_execution with a model", { model: "m", handoff_execution: "client" }, 422],
  [
    "a live member that the reference does not have",
    { model: "m", inputs: [{ type: "tool.execution", name: "f", arguments: "{}", function: "f" }] },
    422,
  ],
])("a start with %s is refused", async (_what, body, status) => {
  const { call: send, emulator } = callEmulator();
  const answer = await send("POST", "/v1/conversations", { inputs: "hi", ...body });
  expect(answer.status).toBe(status);
  expect(answer.body.object).toBe("Error");
  expect(emulator.control.conversations()).toEqual([]);
});

test.each([
  ["replay_with_agent", 422, { inputs: [say("x"), call, result] }, 422],
  ["result_without_call", "accepted", { inputs: [result] }, 200],
  ["call_without_result", "accepted", { inputs: [call] }, 200],
  ["unknown_version", 422, { agent_version: 7 }, 422],
  ["quoted_version", "number", { agent_version: "0" }, 200],
  ["quoted_version", 422, { agent_version: "0" }, 422],
  ["unknown_start_members", "ignored", { colour: "red" }, 200],
  ["agent_with_tools", "accepted", { tools: [] }, 200],
  [
    "extra_entry_members",
    "ignored",
    { inputs: [{ type: "tool.execution", name: "f", arguments: "{}", function: "f" }] },
    200,
  ],
])("switch %s=%s", async (name, value, body, status) => {
  for (const [behaviour, expected] of [
    [{}, undefined],
    [{ [name]: value }, status],
  ] as const) {
    const { call: send, create } = callEmulator(behaviour);
    const agent_id = await create({ tools: [lookUp] });
    const answer = await send("POST", "/v1/conversations", { agent_id, inputs: "hi", ...body });
    if (expected === undefined) expect(answer.status).not.toBe(status);
    else expect(answer.status).toBe(expected);
  }
});

test("an alias is resolved at the start, or at each append", async () => {
  for (const [alias_resolved_at, version] of [
    ["start", 0],
    ["append", 1],
  ] as const) {
    const { call: send, create, emulator } = callEmulator({ alias_resolved_at });
    const agent_id = await create();
    emulator.control.setAlias(agent_id, "prod", 0);
    const body = { agent_id, agent_version: "prod", inputs: "hi" };
    const started = await send("POST", "/v1/conversations", body);
    emulator.control.bump(agent_id);
    emulator.control.setAlias(agent_id, "prod", 1);
    const path = `/v1/conversations/${started.body.conversation_id}`;
    const { body: appended } = await send("POST", path, { inputs: "again" });
    expect(appended.outputs[0].content).toContain(`version ${version}`);
  }
});

test("a call that waits for confirmation blocks other inputs until it is confirmed or denied", async () => {
  const reply = [
    { type: "function.call", name: "find", arguments: {}, confirmation_status: "pending" },
  ];
  const { call: send, create } = callEmulator(
    {},
    { conversations: [{ input: "find", reply }, { reply: "Done." }] },
  );
  const agent_id = await create({ tools: [{ type: "connector", connector_id: "crm" }] });
  const started = await send("POST", "/v1/conversations", { agent_id, inputs: "find it" });
  const { tool_call_id } = started.body.outputs[0];
  const path = `/v1/conversations/${started.body.conversation_id}`;
  expect((await send("POST", path, { inputs: "well?" })).status).toBe(400);
  const wrong = { tool_confirmations: [{ tool_call_id: "nobody", confirmation: "allow" }] };
  expect((await send("POST", path, wrong)).status).toBe(400);
  const right = { tool_confirmations: [{ tool_call_id, confirmation: "deny" }] };
  expect((await send("POST", path, right)).status).toBe(200);
  const { body } = await send("GET", `${path}/history`);
  expect(body.entries[1].confirmation_status).toBe("denied");
});

test("a second request during the first gets 409", async () => {
  let wake = () => {};
  const { call: send, create } = callEmulator(
    {},
    {
      conversations: [{ input: "slow", reply: "At last.", delay_ms: 5 }],
      sleep: () =>
        new Promise((resolve) => {
          wake = resolve;
        }),
    },
  );
  const agent_id = await create();
  const started = await send("POST", "/v1/conversations", { agent_id, inputs: "hi" });
  const path = `/v1/conversations/${started.body.conversation_id}`;
  const slow = send("POST", path, { inputs: "slow" });
  await Promise.resolve();
  let second = await send("POST", path, { inputs: "quick" });
  expect(second.status).toBe(409);
  wake();
  expect((await slow).status).toBe(200);
  second = await send("POST", path, { inputs: "quick" });
  expect(second.status).toBe(200);
});

test("a rule with a reply that the version cannot give does not apply", async () => {
  const {
    call: send,
    create,
    emulator,
  } = callEmulator(
    {},
    {
      conversations: [
        { reply: [{ type: "agent.handoff", to: "Other" }], times: 1 },
        { reply: [{ type: "function.call", name: "look_up", arguments: {} }] },
        { instructions: "polite", reply: "Good day." },
      ],
    },
  );
  const other = await create({ name: "Other", instructions: "Be polite." });
  const agent_id = await create();
  const first = async () => {
    const { body } = await send("POST", "/v1/conversations", { agent_id, inputs: "hi" });
    return body.outputs[0];
  };
  expect((await first()).content).toContain("fixed reply");
  emulator.control.editAgent(agent_id, { handoffs: [other], tools: [lookUp] });
  expect(await first()).toMatchObject({ type: "agent.handoff", next_agent_id: other });
  expect(await first()).toMatchObject({ type: "function.call", name: "look_up" });
});

test("a cycle of handoffs ends in a 500", async () => {
  const {
    call: send,
    create,
    emulator,
  } = callEmulator(
    {},
    {
      conversations: [
        { reply: [{ type: "agent.handoff", to: "B" }] },
        { reply: [{ type: "agent.handoff", to: "A" }] },
      ],
    },
  );
  const a = await create({ name: "A" });
  const b = await create({ name: "B", handoffs: [a] });
  emulator.control.editAgent(a, { handoffs: [b] });
  const answer = await send("POST", "/v1/conversations", { agent_id: a, inputs: "hi" });
  expect(answer).toMatchObject({ status: 500, body: { code: 3000 } });
});

test("conversations are saved with the agents", async () => {
  let saved = "";
  const save = (text: string) => {
    saved = text;
  };
  const { call: send } = callEmulator({}, { save });
  const { body } = await send("POST", "/v1/conversations", { model: "m", inputs: "hi" });
  const path = `/v1/conversations/${body.conversation_id}`;
  const { call: later } = callEmulator({}, { saved });
  expect((await later("GET", path)).body).toMatchObject({ id: body.conversation_id, model: "m" });
  const { call: older } = callEmulator({}, { saved: saved.replace(/,"conversations":.*/, "}") });
  expect((await older("GET", path)).status).toBe(404);
  expect((await later("DELETE", path)).status).toBe(204);
  expect((await later("DELETE", path)).status).toBe(404);
});

test.each([
  ["{}", "a JSON list of rules"],
  ["[1]", "Rule 1 of the script is not an object."],
  [
    '[{"reply":"x"},{"repply":"x"}]',
    'Rule 2 of the script has an unknown member "repply". Did you mean "reply"?',
  ],
  ['[{"agent":"a"}]', 'has no "reply"'],
  ['[{"reply":7}]', '"reply" must be a string or a list of entries'],
  ['[{"reply":[{"type":"agent.handoff"}]}]', 'has an entry of type agent.handoff without "to"'],
  ['[{"reply":[{"type":"message.input"}]}]', "expected one of message.output, function.call"],
  ['[{"reply":"x","times":0}]', '"times" must be a whole number from 1'],
])("a script %s is refused", (text, words) => {
  expect(() => parseScript(text)).toThrow(words);
});
