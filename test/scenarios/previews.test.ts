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

const plain = { prod: {}, "pr-*": { ephemeral: true } };

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
  return stage.emulator.control
    .agents()
    .map(({ version, versions }) => {
      const current = versions.find((each) => each.version === version);
      if (current === undefined) throw new Error("an agent without its default version");
      const { name, metadata } = current.content as {
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
  stage.takeWrites();
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

describe("which environment a name stands for", () => {
  const environments = { "pr-*": { ephemeral: true }, "*-42": { ephemeral: true }, "pr-7": {} };

  test("of exactly that name before a pattern; two patterns are refused, and a pattern is no name", async () => {
    stage.write({ ...config, environments });
    await ok("apply --auto-approve --env pr-7 --only refunds");
    expect(remote()).toMatchObject([{ name: "refunds", ephemeral: "false" }]);
    stage.takeWrites();
    expect(await refused("plan --env pr-42", 3)).toContain("ambiguous_environment");
    expect(await refused("show --env pr-42", 3)).toContain("pr-*, *-42");
    await refused("plan --env pr-*", 64);
    // A star is one character or more.
    expect(await refused("plan --env pr-", 64)).toContain("not a valid environment name");
    expect(await refused("plan --env prod", 3)).toContain("unknown_environment");
  });

  test("every environment is validated, and patterns are not offered for completion", async () => {
    stage.write({ ...config, environments: { ...environments, "pr-*": { vars: { a: "1" } } } });
    await ok("validate");
    expect(await ok("completion --list environments")).toBe("pr-7\n");
    stage.write({ ...config, environments: { "Pr-*": {} } });
    expect(await refused("validate", 3)).toContain("bad_form");
  });
});

describe("limits", () => {
  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`a${at}`, { model: "m" }]));

  test("fifty agents, unless a flag says otherwise; none elsewhere", async () => {
    stage.write({ ...config, environments: plain, agents: many(51) });
    expect(await refused("plan --env pr-1", 3)).toContain("too_many_agents");
    await refused("apply --auto-approve --env pr-1", 3);
    await ok("plan --env prod");
    await refused("plan --env prod --max-agents 50", 3);
    await ok("plan --env pr-1 --max-agents 51 --out plan.json");
    await ok("apply plan.json --env pr-1");
    expect(remote()).toHaveLength(51);
    stage.write({ ...config, environments: plain, agents: { ...many(50), b: { model: "m" } } });
    // One comes and one goes with --prune.
    await refused("plan --env pr-1 --max-agents 51", 3);
    await ok("plan --env pr-1 --max-agents 51 --prune");
    stage.write({ ...config, environments: plain, agents: many(40) });
    await ok("apply --env pr-1 --auto-approve --prune");
    expect(remote()).toHaveLength(40);
    await refused("apply --env pr-1 --auto-approve --prune --max-deletes 3 --only a1", 64);
    stage.write({ ...config, environments: plain, agents: many(30) });
    expect(await refused("plan --env pr-1 --prune --max-deletes 3", 3)).toContain("--max-deletes");
    await ok("destroy --env pr-1 --auto-approve");
    expect(remote()).toEqual([]);
  });
});

test("an environment that becomes ephemeral, or is no longer, is one version of each agent", async () => {
  const agents = { refunds: { model: "m" } };
  const kept = { refunds: { name: "refunds" } };
  stage.write({ ...config, agents, environments: { demo: { agents: kept } } });
  await ok("apply --auto-approve --env demo");
  stage.write({ ...config, agents, environments: { demo: { ephemeral: true, agents: kept } } });
  expect(await ok("plan --env demo")).toContain("agentvane.ephemeral");
  await ok("plan --env demo --out plan.json");
  await ok("apply plan.json --env demo");
  expect(remote()).toMatchObject([{ name: "refunds", ephemeral: "true" }]);
  await ok("apply plan.json --env demo");
  expect(await ok("plan --env demo")).toContain("No changes");
  stage.write({ ...config, agents, environments: { demo: { agents: kept } } });
  await ok("apply --auto-approve --env demo");
  expect(remote()).toMatchObject([{ name: "refunds", ephemeral: "false" }]);
});

test("ids and protection of the file do not count, and handoffs that lead out are noted", async () => {
  await ok("apply --auto-approve --env prod --only refunds");
  const [agent] = stage.emulator.control.agents();
  const refunds = { model: "m", id: agent?.id ?? "", lifecycle: { prevent_destroy: true } };
  const triage = { model: "m", handoffs: [{ id: agent?.id ?? "" }, "refunds"] };
  stage.write({
    ...config,
    agents: { refunds, triage },
    environments: plain,
  });
  const planned = await ok("plan --env pr-1");
  expect(planned).toContain("not used in an ephemeral environment: id, lifecycle.prevent_destroy");
  expect(planned).toContain(`its handoffs lead out of this environment, to ${agent?.id}`);
  await ok("apply --auto-approve --env pr-1");
  const inside = stage.emulator.control
    .agents()
    .find(({ id }) => stage.emulator.control.shown(id).name === "refunds [pr-1]");
  const within = { model: "m", handoffs: [{ id: inside?.id ?? "" }] };
  stage.write({ ...config, agents: { refunds, triage: within }, environments: plain });
  expect(await ok("plan --env pr-1")).not.toContain("lead out");
  await ok("destroy --auto-approve --env pr-1");
  expect(remote()).toMatchObject([{ name: "refunds", environment: "prod" }]);
});

test("beside agents without an environment, which would be refused elsewhere", async () => {
  const agents = { refunds: { model: "m" } };
  stage.write({ version: 1, project: "acme", agents });
  await ok("apply --auto-approve");
  stage.write({ ...config, environments: plain, agents });
  stage.takeWrites();
  expect(await refused("plan --env prod", 3)).toContain("other_environment_form");
  await ok("apply --auto-approve --env pr-1");
});

test("a key that was renamed is recognised, and import takes the environment off the name", async () => {
  stage.write({
    ...config,
    environments: plain,
    agents: { refunds: { model: "m", name: "Refunds" } },
  });
  await ok("apply --auto-approve --env pr-1");
  stage.takeWrites();
  stage.write({
    ...config,
    environments: plain,
    agents: { repay: { model: "m", name: "Refunds" } },
  });
  expect(await refused("plan --env pr-1", 3)).toContain("looks_renamed");
  const named = { repay: { name: "Refunds" } };
  const environments = { "pr-*": { ephemeral: true, agents: named } };
  stage.write({ ...config, agents: { repay: { model: "m" } }, environments });
  expect(await refused("plan --env pr-1", 3)).toContain("looks_renamed");
  stage.write({ version: 1, project: "acme", environments: { "pr-*": { ephemeral: true } } });
  await ok("import --all --env pr-1");
  expect(await ok("render --env pr-1")).toContain("Refunds [pr-1]");
  expect(await ok("plan --env pr-1 --detailed-exitcode")).toContain("No changes");
});

test("import leaves alone what the next apply would create a second time", async () => {
  const { id } = stage.emulator.control.seedAgent({ versions: [{ name: "Old", model: "m" }] });
  stage.write({
    version: 1,
    project: "acme",
    environments: { prod: {}, "pr-*": { ephemeral: true } },
  });
  expect(await refused(`import ${id} --env pr-1`, 3)).toContain("never_bound");
  await ok("import --all --env pr-1");
  expect(await ok("plan --env pr-1 --detailed-exitcode")).toContain("No changes");
  await ok(`import ${id} --env prod`);
  expect(await ok("plan --env prod --detailed-exitcode")).toContain("No changes");
});

describe("pins", () => {
  const agents = { refunds: { model: "m", aliases: { staging: "latest" } } };
  const promote = "promote staging prod --auto-approve";

  test("none for ephemeral agents, also without a file", async () => {
    stage.write({ ...config, agents, environments: plain });
    await ok("apply --auto-approve --env pr-1");
    await ok("apply --auto-approve --env prod");
    expect(await ok(`${promote} --env pr-1`)).not.toContain("prod: 0");
    expect(await ok("promote staging live --auto-approve --project acme --env pr-1")).not.toContain(
      "live: 0",
    );
    expect(await ok(`${promote} --project acme --env prod`)).toContain("prod: 0");
  });

  test("under a pattern that is not ephemeral they need an entry first, and are not written", async () => {
    stage.write({ ...config, agents, environments: { demo: {}, "eu-*": {} } });
    await ok("apply --auto-approve --env eu-1");
    await ok("apply --auto-approve --env demo");
    const out = await ok(`${promote} --env eu-1`);
    expect(out).toContain("agents.yaml has no entry eu-1, only the pattern eu-*");
    expect(out).toContain("copy the entry eu-* as eu-1");
    expect(await ok(`${promote} --env demo`)).toContain("commit it to agents.yaml");
  });
});
