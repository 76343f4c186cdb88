import { afterEach, describe, expect, test } from "vitest";
import { withDefaults } from "../../src/emulator/echo.ts";
import { isObject, type JsonObject } from "../../src/emulator/json.ts";
import { awkward, variantsNamed } from "./behaviour-variants.ts";
import { acme, type Stage, setStage } from "./stage.ts";
import { type Agents, agentNamed, applied, expectNothingToDo, pointers, refused } from "./steps.ts";

let stage: Stage;
afterEach(() => stage.close());

const prod = { aliases: ["prod"] };
const crm = {
  type: "connector",
  connector_id: "crm",
  authorization: { type: "api-key", value: "${{ secrets.T }}" },
};

/** What the server keeps of the default version, secrets included, labels and tags apart. */
function anatomy(id: string) {
  const agent = stage.emulator.control.agent(id);
  const kept = agent?.versions.find(({ version }) => version === agent.version)?.content;
  const { version_message: _message, metadata, ...content } = kept ?? {};
  const labels = Object.entries(isObject(metadata) ? metadata : {}).filter(
    ([, value]) => value !== null,
  );
  const isTag = ([name]: readonly [string, unknown]) => name.startsWith("agentvane.");
  return {
    content: withDefaults(content),
    labels: labels.filter((label) => !isTag(label)),
    tags: labels.filter(isTag),
  };
}

// To take tags away is to write metadata and nothing else, whatever the server does to what is not sent.
describe.each([
  ...variantsNamed(
    "the likely behaviour",
    "merged metadata",
    "null that means unchanged",
    "masked secrets",
    "omitted secrets",
  ),
  awkward,
])("under %s", (_name, behaviour) => {
  test("forget takes the tags and leaves everything else; the agent can be taken back by its id", async () => {
    stage = await setStage(behaviour, { T: "secret-of-the-crm" });
    const first = behaviour.first_version ?? 0;
    const triage = {
      description: "kept",
      instructions: "kept\n\n",
      tools: ["web_search", crm],
      completion_args: { temperature: 0.3, top_p: 0.5 },
      guardrails: [{ moderation_llm_v2: { action: "block" } }],
      metadata: { team: "x" },
      lifecycle: { prevent_destroy: true },
      ...prod,
    };
    const agents: Agents = { triage, billing: prod };
    await applied(stage, agents);
    const { id } = agentNamed(stage, "triage");
    const before = anatomy(id);
    expect(before.tags).toHaveLength(9);

    expect(await refused(stage, 3, "forget tirage")).toContain("triage");
    const { code, err } = await stage.run("forget triage");
    expect(code, err).toBe(0);
    expect(stage.takeWrites()).toEqual([`PATCH /v1/agents/${id}`]);
    expect(anatomy(id)).toEqual({ ...before, tags: [] });
    const sent = stage.emulator.requests.findLast(({ method }) => method === "PATCH");
    expect(JSON.stringify(sent?.body)).not.toContain("*");
    expect(pointers(stage).triage).toEqual({ default: first + 1, prod: first });

    await refused(stage, 3, "forget triage");
    stage.write(acme({ billing: prod }));
    await expectNothingToDo(stage);
    expect(await applied(stage, { billing: prod }, "--prune")).toEqual([]);
    stage.write(acme(agents));
    expect(await refused(stage, 3)).toContain(`id: ${id}`);
    const back = { ...triage, id, aliases: { prod: first } };
    // Where answers leave secrets out, only a write can tell that the secret is the one in the file.
    const writes = behaviour.secrets === "omitted" ? [`PATCH /v1/agents/${id}`] : [];
    expect(await applied(stage, { ...agents, triage: back })).toEqual(writes);
  });
});

test("forget leaves handoffs as they are: of the agent, and to it", async () => {
  stage = await setStage();
  const agents: Agents = { a: { handoffs: ["b"] }, b: { handoffs: ["a"] } };
  await applied(stage, agents);
  const [a, b] = [agentNamed(stage, "a").id, agentNamed(stage, "b").id];
  const { code, out, err } = await stage.run("forget a");
  expect(code, out + err).toBe(0);
  expect(stage.takeWrites()).toEqual([`PATCH /v1/agents/${a}`]);
  expect(stage.emulator.control.shown(a).handoffs).toEqual([b]);
  expect(await applied(stage, { b: { handoffs: [{ id: a }] } })).toEqual([]);
  await expectNothingToDo(stage);
});

test("forget keeps labels of others, and fields and tools that nobody knows", async () => {
  stage = await setStage();
  await applied(stage, { triage: {} });
  const { id } = agentNamed(stage, "triage");
  const { metadata } = stage.emulator.control.shown(id);
  const telepathy = { type: "telepathy", range: 3 };
  const seeded = stage.emulator.control.seedAgent({
    versions: [
      {
        name: "triage",
        model: "mistral-small-latest",
        tools: [telepathy],
        brand_new: { x: 1 },
        metadata: { ...(metadata as JsonObject), theirs: "label" },
      },
    ],
  });
  stage.emulator.control.remove(id);
  const before = anatomy(seeded.id);
  expect((await stage.run("forget triage")).code).toBe(0);
  expect(anatomy(seeded.id)).toEqual({ ...before, tags: [] });
});

test("forget puts the default back when the server keeps the tags, and says so with 5", async () => {
  stage = await setStage();
  await applied(stage, { triage: {} });
  const { id } = agentNamed(stage, "triage");
  const { metadata } = stage.emulator.control.shown(id);
  stage.emulator.faults.add({
    method: "PATCH",
    effect: "alter",
    set: { metadata: metadata as JsonObject },
  });
  const { code, err } = await stage.run("forget triage");
  expect(code).toBe(5);
  expect(err).toContain("metadata.agentvane.");
  expect(pointers(stage)).toEqual({ triage: { default: 0 } });
});
