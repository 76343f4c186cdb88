import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Json } from "../../src/agent/json.ts";
import { type Stage, setStage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
  stage.write(config);
});
afterEach(() => stage.close());

const triage: Json = {
  model: "m",
  name: "Support triage",
  instructions: "Route.",
  handoffs: ["billing"],
  deployment_chat: true,
  aliases: { prod: 0, live: "latest" },
  lifecycle: { prevent_destroy: true },
};

const config = {
  version: 1,
  project: "acme",
  environments: {
    prod: {},
    "pr-*": { ephemeral: true, agents: { billing: { name: "Bills" } } },
  },
  agents: { triage, billing: { model: "m", name: "Billing" }, refunds: { model: "m" } },
};

/** Name and tags of every agent on the server, by name. */
function remote(): readonly { name: string; environment: unknown; ephemeral: unknown }[] {
  return stage.emulator.world
    .agents()
    .map(({ versions }) => {
      const { name, metadata } = versions.at(-1)?.content as {
        name: string;
        metadata: Record<string, unknown>;
      };
      return {
        name,
        environment: metadata["agentvane.environment"],
        ephemeral: metadata["agentvane.ephemeral"],
      };
    })
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

const ok = async (args: string) => {
  const outcome = await stage.run(args);
  expect(outcome.code, outcome.err + outcome.out).toBe(0);
  return outcome.out;
};
const refused = async (args: string, code: number) => {
  const outcome = await stage.run(args);
  expect(outcome.code, outcome.err + outcome.out).toBe(code);
  expect(stage.takeWrites()).toEqual([]);
  return outcome.out + outcome.err;
};

describe("an environment of a pattern", () => {
  test("is one of its own: names, tags, what does not count there, and an empty plan behind it", async () => {
    await ok("apply --auto-approve --env prod --only billing,refunds");
    const planned = await ok("plan --env pr-42");
    expect(planned).toContain(
      "not used in an ephemeral environment: aliases.prod, deployment_chat, lifecycle.prevent_destroy",
    );
    await ok("apply --auto-approve --env pr-42");
    expect(remote()).toEqual([
      { name: "Billing", environment: "prod", ephemeral: "false" },
      { name: "Bills", environment: "pr-42", ephemeral: "true" },
      { name: "Support triage [pr-42]", environment: "pr-42", ephemeral: "true" },
      { name: "refunds", environment: "prod", ephemeral: "false" },
      { name: "refunds [pr-42]", environment: "pr-42", ephemeral: "true" },
    ]);
    expect(await ok("plan --env pr-42 --detailed-exitcode")).toContain("No changes");
    const listed = JSON.parse(await ok("environments --format json"));
    expect(listed.environments).toMatchObject([
      { name: "pr-42", agents: 3, ephemeral: true },
      { name: "prod", agents: 2, ephemeral: false },
    ]);
  });
});
