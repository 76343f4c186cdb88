import { afterEach, beforeEach, expect, test } from "vitest";
import { type Stage, setStage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
  stage.write(
    {
      version: 1,
      project: "acme",
      environments: { staging: { api_key_env: "STAGING_KEY" }, prod: {} },
      agents: {
        triage: { model: "m", instructions: { file: "gone.md" } },
        billing: { model: "m" },
      },
    },
    { "gone.md": "Hello." },
  );
  const keys = { STAGING_KEY: "key-of-staging" };
  await stage.run("apply --auto-approve --env prod", keys);
  await stage.run("apply --auto-approve --env staging --only billing", keys);
  stage.takeWrites();
});
afterEach(() => stage.close());

test("lists them without --env, with every key that is set, and writes nothing", async () => {
  const { code, out, err } = await stage.run("environments", { STAGING_KEY: "key-of-staging" });
  expect(code, err).toBe(0);
  expect(out).toMatch(/^ENVIRONMENT {2}AGENTS {2}NEWEST RELEASE/);
  expect(out).toMatch(/\nprod +2 +20\S+Z-\S+ +no\nstaging +1 +20\S+Z-\S+ +no\n$/);
  expect(stage.takeWrites()).toEqual([]);
});

test("what the server announces is told once, however many keys there are", async () => {
  stage.emulator.setBehaviour({ deprecation_headers: "sent" });
  const { err } = await stage.run("environments", { STAGING_KEY: "key-of-staging" });
  expect(err.match(/is deprecated since/g)).toHaveLength(1);
});

test("says which keys are missing, and goes on without them; without any it cannot", async () => {
  const { code, out } = await stage.run("environments");
  expect(code).toBe(0);
  expect(out).toContain("skipped, because the key is not set: STAGING_KEY");
  const none = await stage.run("environments", { MISTRAL_API_KEY: "" });
  expect(none.code).toBe(3);
  expect(none.err).toContain("STAGING_KEY is not set");
});

test("as JSON, for a project without a file, and with a file that is broken elsewhere", async () => {
  const named = await stage.run("environments --project acme --format json");
  expect(JSON.parse(named.out)).toMatchObject({
    kind: "environments",
    project: "acme",
    environments: [
      { name: "prod", agents: 2, ephemeral: false },
      { name: "staging", agents: 1 },
    ],
    unread_keys: [],
  });
  stage.write("version: 1\nproject: acme\nagents: { triage: { modle: x } }\n");
  expect((await stage.run("environments")).out).toContain("prod");
  expect((await stage.run("environments --project other")).out).toContain("other has no agents");
});
