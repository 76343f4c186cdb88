import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { acme, type Stage, setStage } from "./stage.ts";
import { agentNamed, pointers, refused } from "./steps.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
  git("init", "--quiet", "--initial-branch=main");
});
afterEach(() => stage.close());

function git(...args: readonly string[]): string {
  const who = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
  return execFileSync("git", [...who, ...args], { cwd: stage.folder, encoding: "utf8" }).trim();
}

/** Commits a configuration whose agent says this. Gives the commit. */
function commit(description: string): string {
  stage.write(acme({ triage: { description, aliases: ["prod"] } }));
  git("add", "agents.yaml");
  git("commit", "--quiet", "--message", description);
  return git("rev-parse", "HEAD");
}

async function applyHere(...flags: readonly string[]): Promise<void> {
  const { code, out, err } = await stage.run(["apply --auto-approve", ...flags].join(" "));
  expect(code, out + err).toBe(0);
}

describe("an apply of an older commit", () => {
  test("is refused with 4 and names the newer one; --allow-rewind lets it through", async () => {
    const older = commit("older");
    await applyHere();
    const newer = commit("newer");
    await applyHere();
    const message = stage.emulator.control.shown(agentNamed(stage, "triage").id).version_message;
    expect(message).toContain(newer);
    git("checkout", "--quiet", older);
    const said = await refused(stage, 4);
    expect(said).toContain("triage");
    expect(said).toContain(newer);
    expect(said).toContain("--allow-rewind");
    await applyHere("--allow-rewind");
    expect(pointers(stage).triage).toMatchObject({ default: 0, prod: 0, "prod-prev": 1 });
  });

  test("is refused with a saved plan as well", async () => {
    commit("base");
    await applyHere();
    const older = commit("older");
    await stage.run("plan --out plan.json");
    commit("newer");
    await applyHere();
    git("checkout", "--quiet", older);
    await stage.run("plan --out plan.json");
    await refused(stage, 4, "apply plan.json");
  });

  test("a revert is a newer commit, and so is a merge of two that were applied", async () => {
    commit("one");
    await applyHere();
    commit("two");
    await applyHere();
    commit("one");
    await applyHere();
    git("checkout", "--quiet", "-b", "side", "HEAD~1");
    stage.write(acme({ triage: { description: "side", aliases: ["prod"] } }));
    git("commit", "--quiet", "--all", "--message", "side");
    git("checkout", "--quiet", "main");
    git("merge", "--quiet", "--no-edit", "-X", "theirs", "side");
    await applyHere();
    expect(stage.emulator.control.shown(agentNamed(stage, "triage").id).description).toBe("side");
  });

  test("with nothing to do is no error, and plan and drift do not ask", async () => {
    const one = commit("same");
    await applyHere();
    commit("other");
    commit("same");
    await applyHere();
    git("checkout", "--quiet", one);
    await applyHere();
    expect((await stage.run("plan")).code).toBe(0);
    expect((await stage.run("drift")).code).toBe(0);
  });
});

describe("a shallow clone", () => {
  test("that cannot tell is 1 with the fix; with the whole history it goes on", async () => {
    commit("one");
    await applyHere();
    commit("two");
    git("clone", "--quiet", "--depth", "1", `file://${stage.folder}`, "shallow");
    const planned = await stage.run("plan -f shallow/agents.yaml");
    expect(planned.out).toMatch(/does not show whether it is newer; apply refuses this/);
    const said = await refused(stage, 1, "apply --auto-approve -f shallow/agents.yaml");
    expect(said).toContain("git fetch --unshallow");
    git("-C", "shallow", "fetch", "--quiet", "--unshallow");
    await applyHere("-f shallow/agents.yaml");
    expect(pointers(stage).triage).toEqual({ default: 1, prod: 1 });
  });

  test("that is at the recorded commit can tell", async () => {
    commit("one");
    await applyHere();
    git("clone", "--quiet", "--depth", "1", `file://${stage.folder}`, "shallow");
    const file = path.join(stage.folder, "shallow", "agents.yaml");
    const text = readFileSync(file, "utf8").replace("one", "edited");
    stage.write(acme({ triage: {} }), { "shallow/agents.yaml": text });
    await applyHere("-f shallow/agents.yaml");
    expect(pointers(stage).triage).toEqual({ default: 1, prod: 1 });
  });
});

test("a repository without a commit does not ask", async () => {
  stage.write(acme({ triage: {} }));
  await applyHere();
  stage.write(acme({ triage: { description: "new" } }));
  await applyHere();
  expect(pointers(stage).triage).toEqual({ default: 1 });
});
