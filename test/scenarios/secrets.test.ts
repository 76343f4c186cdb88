import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { Json } from "../../src/emulator/json.ts";
import { variantsNamed } from "./behaviour-variants.ts";
import { acme, type Outcome, type Stage, setStage } from "./stage.ts";
import { agentNamed, applied, expectNothingToDo, methodsOf, refused } from "./steps.ts";

let stage: Stage;
afterEach(() => stage.close());

const token = 'zqx"en+of the/crm\\é';
const rotated = "vwj=rotated&token'é";
const key = "key-of-the-test";

const crm = {
  type: "connector",
  connector_id: "crm",
  authorization: { type: "api-key", value: "${{ secrets.T }}" },
};

/** How a secret may look in a text. */
const formsOf = (secret: string): readonly string[] => [
  secret,
  encodeURIComponent(secret),
  JSON.stringify(secret).slice(1, -1),
  JSON.stringify(JSON.stringify(secret)).slice(3, -3),
  Buffer.from(secret).toString("base64").replace(/=+$/, ""),
];

/** Fails when a secret or the key stands in what was said, or in a file that the command wrote. */
function expectSilence(...outcomes: readonly Outcome[]): void {
  const files = readdirSync(stage.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), "utf8"));
  const texts = [...files, ...outcomes.flatMap(({ out, err }) => [out, err])];
  for (const form of [token, rotated, key].flatMap(formsOf)) {
    for (const text of texts) expect(text).not.toContain(form);
  }
}

/** What the server keeps of the secret. */
const kept = () => {
  const { version, versions } = agentNamed(stage, "triage");
  return JSON.stringify(versions.find((each) => each.version === version)?.content.tools);
};
const inJson = (secret: string) => JSON.stringify(secret);

// How answers show a secret is what matters: one that is echoed may leak, one that is not cannot be compared.
describe.each(variantsNamed("the likely behaviour", "masked secrets", "omitted secrets"))(
  "under %s",
  (_name, behaviour) => {
    test("26: a secret is in the request and nowhere else, and a plan after it is empty", async () => {
      stage = await setStage(behaviour, { T: token });
      stage.write(acme({ triage: { tools: [crm], aliases: ["prod"] } }));
      expectSilence(
        await stage.run("plan --out plan.json --debug"),
        await stage.run("plan --format json"),
        await stage.run("render --format json"),
        await stage.run("apply plan.json --debug --report report.json"),
        await stage.run("show --json --debug"),
        await stage.run("show"),
      );
      expect(kept()).toContain(inJson(token));
      const shown = stage.emulator.control.shown(agentNamed(stage, "triage").id);
      expect(JSON.stringify([shown.metadata, shown.version_message])).not.toContain("zqx");
      await expectNothingToDo(stage);
      stage.emulator.control.editAgent(String(shown.id), { description: "theirs", tools: [] });
      expectSilence(
        await stage.run("plan --format json --debug"),
        await stage.run("plan"),
        await stage.run("drift --format json"),
        await stage.run("apply --auto-approve --on-drift=overwrite --format json"),
      );
      expect(kept()).toContain(inJson(token));
      await expectNothingToDo(stage);
    });

    test("a rotated secret is invisible until --resend-secrets; it goes out once", async () => {
      stage = await setStage(behaviour, { T: token });
      const agents = { triage: { tools: [crm], aliases: ["prod"] }, plain: { aliases: ["prod"] } };
      await applied(stage, agents);
      const env = { T: rotated };
      expect((await stage.run("plan --detailed-exitcode", env)).code).toBe(0);
      expect(await refused(stage, 3, "apply --auto-approve --resend-secrets plain")).toContain(
        "plain",
      );
      expect(await refused(stage, 3, "apply --auto-approve --resend-secrets nope")).toContain(
        "nope",
      );
      const outcome = await stage.run("apply --auto-approve --resend-secrets triage --debug", env);
      expect(outcome.code, outcome.err).toBe(0);
      expectSilence(outcome);
      expect(methodsOf(stage.takeWrites())).toEqual(["PATCH", "PUT"]);
      expect(kept()).toContain(inJson(rotated));
      expect((await stage.run("plan --detailed-exitcode", env)).code).toBe(0);
      // The secret goes with every write.
      stage.write(acme({ ...agents, triage: { ...agents.triage, description: "new" } }));
      expect((await stage.run("apply --auto-approve")).code).toBe(0);
      expect(kept()).toContain(inJson(token));
    });

    test("a secret that is not ours stays when tools are ignored", async () => {
      stage = await setStage(behaviour);
      const theirs = { ...crm, authorization: { type: "api-key", value: "of-the-console" } };
      const { id } = stage.emulator.control.seedAgent({
        versions: [{ name: "triage", model: "mistral-small-latest", tools: [theirs] }],
      });
      const lifecycle = { ignore_changes: ["tools"] };
      await applied(stage, { triage: { id, lifecycle, description: "adopted" } });
      expect(kept()).toContain("of-the-console");
      await applied(stage, { triage: { id, lifecycle, description: "newer" } });
      expect(kept()).toContain("of-the-console");
      await expectNothingToDo(stage);
    });
  },
);

test("26: a secret that is not set is 3, its variable is named, and nothing is sent", async () => {
  stage = await setStage();
  stage.write(acme({ triage: { tools: [crm] } }));
  expect(await refused(stage, 3)).toContain("T");
  expect(stage.takeWrites()).toEqual([]);
});

test("26: a server that repeats the request in its refusal, in any form, tells nothing", async () => {
  stage = await setStage({}, { T: token });
  stage.write(acme({ triage: { tools: [crm] } }));
  const echoes: readonly Json[] = [
    { detail: formsOf(token).join(" or ") },
    { detail: [{ loc: ["body", token], msg: token, type: token, input: { value: token } }] },
    { message: `${key} ${token}`, code: token, request_id: token },
    `<p>${token} ${encodeURIComponent(token)} ${key}</p>`,
  ];
  for (const body of echoes) {
    stage.emulator.faults.add({ method: "POST", status: 422, body });
    const text = await stage.run("apply --auto-approve --debug --report report.json");
    stage.emulator.faults.add({ method: "POST", status: 422, body });
    const json = await stage.run("apply --auto-approve --format json");
    expect([text.code, json.code]).toEqual([5, 5]);
    expectSilence(text, json);
  }
  stage.emulator.faults.add({
    method: "GET",
    status: 401,
    body: `no such key ${key}`,
    times: null,
  });
  expectSilence(await stage.run("plan --debug"), await stage.run("plan --format json"));
});

test("what a server keeps in a secret field is not shown, whoever put it there", async () => {
  stage = await setStage({ secrets: "echoed" }, { T: token });
  const agents = { triage: { tools: [crm], aliases: ["prod"] } };
  await applied(stage, agents);
  const { id } = agentNamed(stage, "triage");
  const byHand = { type: "api-key", value: "set-by-hand-in-the-console" };
  stage.emulator.control.editAgent(id, { tools: [{ ...crm, authorization: byHand }] });
  const runs = [
    await stage.run("show --json"),
    await stage.run("show triage"),
    await stage.run("plan --format json"),
    await stage.run("drift --format json"),
    await stage.run("history triage --diff 0 1 --format json"),
    await stage.run("plan --out plan.json --debug"),
  ];
  for (const { out, err } of runs) expect(out + err).not.toContain("set-by-hand");
  expect(readFileSync(path.join(stage.folder, "plan.json"), "utf8")).not.toContain("set-by-hand");
  const [{ agent }] = JSON.parse(runs[0]?.out ?? "").agents;
  expect(agent.tools).toMatchObject([{ ...crm, authorization: { type: "api-key", value: "***" } }]);
});

test.each([
  ["a key", "${{ env.MISTRAL_API_KEY }}"],
  ["the key of an environment that was not chosen", "${{ env.STAGING_KEY }}"],
])("%s is no template value: 3 in every command, and nothing is sent", async (_name, value) => {
  stage = await setStage({}, { STAGING_KEY: rotated });
  stage.write({
    ...(acme({ triage: { description: value } }) as object),
    environments: { prod: {}, staging: { api_key_env: "STAGING_KEY" } },
  } as never);
  for (const command of ["validate", "render", "plan", "apply --auto-approve"]) {
    const outcome = await stage.run(`${command} --env prod`);
    expect([outcome.code, command]).toEqual([3, command]);
    expect(outcome.err).toContain("api_key_not_allowed");
    expectSilence(outcome);
  }
  expect(stage.emulator.requests).toEqual([]);
});

test.each([
  ["constructor", "${{ env.constructor }}", "MISTRAL_API_KEY", 3],
  ["__proto__", "${{ env.__proto__ }}", "MISTRAL_API_KEY", 3],
  ["as the name of the key's variable", "fine", "constructor", 3],
])("names that every object has are no variables: %s", async (_name, value, variable, code) => {
  stage = await setStage();
  stage.write({
    ...(acme({ constructor: { description: value, aliases: ["constructor"] } }) as object),
    environments: { constructor: { api_key_env: variable } },
  } as never);
  const { code: found, err } = await stage.run("plan --env constructor");
  expect([found, err]).toEqual([code, expect.not.stringContaining("bug in agentvane")]);
});

test("agents, aliases and environments may have such a name", async () => {
  stage = await setStage();
  const agents = { constructor: { aliases: ["constructor"], metadata: { constructor: "x" } } };
  stage.write({ ...(acme(agents) as object), environments: { constructor: {} } } as never);
  const outcome = await stage.run("apply --env constructor --auto-approve");
  expect(outcome.code, outcome.err).toBe(0);
  expect((await stage.run("plan --env constructor --detailed-exitcode")).code).toBe(0);
  const pinned = await stage.run("promote constructor toString --env constructor --write");
  expect(pinned.err).not.toContain("bug in agentvane");
  const written = await stage.run(
    "promote constructor tostring --env constructor --auto-approve --write",
  );
  expect(written.code, written.err).toBe(0);
});

test("the data of --local, which hold secrets as a server does, are for their owner only", async () => {
  stage = await setStage({}, { T: token });
  stage.write(acme({ triage: { tools: [crm] } }));
  const { code, err } = await stage.run("apply --local --auto-approve");
  expect(code, err).toBe(0);
  const { mode } = statSync(path.join(stage.folder, ".agentvane", "local.json"));
  expect(mode & 0o077).toBe(0);
});
