import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { acme, type Stage, setStage } from "./stage.ts";
import { agentNamed, applied, expectNothingToDo, refused } from "./steps.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const agents = (description: string) => ({ triage: { description, aliases: ["prod"] } });

/** How many requests asked for versions since the last call. */
const versionRequests = () => {
  const found = stage.emulator.requests.filter(({ path }) => /versions\?|agent_version/.test(path));
  stage.emulator.clearRequests();
  return found.length;
};

describe("an agent with 3,000 versions, most of which some client made on its runs", () => {
  beforeEach(async () => {
    await applied(stage, agents("one"));
    await applied(stage, agents("two"));
    const { id } = agentNamed(stage, "triage");
    for (let at = 0; at < 3_000; at += 1) stage.emulator.control.bump(id);
    stage.emulator.clearRequests();
  });

  test("is planned from what is needed, and an edit outside is told from pending ones", async () => {
    const { id } = agentNamed(stage, "triage");
    stage.emulator.control.editAgent(id, { instructions: "theirs" });
    stage.write(acme(agents("three")));
    const { code, out } = await stage.run("plan --format json");
    expect(code).toBe(0);
    const [triage] = JSON.parse(out).agents;
    const origins = triage.changes.map(
      ({ path, origin }: { path: string; origin: string }) => `${path} ${origin}`,
    );
    expect(origins).toEqual(["description yours", "instructions drift"]);
    expect(versionRequests()).toBe(6);
    await refused(stage, 4);
  });

  test("is read down to our own version, and applied", async () => {
    expect(await applied(stage, agents("three"), "--on-drift=overwrite")).toEqual([
      expect.stringMatching(/^PATCH /),
      expect.stringMatching(/^PUT /),
    ]);
    await expectNothingToDo(stage);
  });
});

test("an agent of 3,000 versions of our own is read no further than is searched for one to reuse", async () => {
  await applied(stage, agents("one"));
  const { id } = agentNamed(stage, "triage");
  for (let at = 0; at < 3_000; at += 1) stage.emulator.control.bump(id);
  await applied(stage, agents("two"), "--on-drift=overwrite");
  for (let at = 0; at < 600; at += 1) stage.emulator.control.bump(id);
  await applied(stage, agents("three"), "--on-drift=overwrite");
  stage.emulator.clearRequests();
  stage.write(acme(agents("four")));
  expect((await stage.run("plan")).code).toBe(0);
  expect(versionRequests()).toBeLessThanOrEqual(6);
});
