import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Stage, setStage } from "./stage.ts";
import { type Agents, pointers, versionCount } from "./steps.ts";
import { formTeam, type Team } from "./team.ts";

let stage: Stage;
let team: Team;
beforeEach(async () => {
  stage = await setStage();
  team = formTeam(stage);
});
afterEach(() => stage.close());

const says = (description: string): Agents => ({ triage: { description, aliases: ["prod"] } });
const shown = () => {
  const { control } = stage.emulator;
  return Object.fromEntries(
    control.agents().map(({ id }) => [control.shown(id).name, control.shown(id).description]),
  );
};

/** A branch is applied before it is merged; then main goes on. */
async function branchDeploy(): Promise<string> {
  await team.ends(0, team.commit(0, says("main")));
  team.git("checkout", "-q", "-b", "feature");
  const tip = team.commit(10, says("feature"));
  await team.ends(0, tip);
  return tip;
}

function backOnMain(): void {
  team.git("checkout", "-q", "main");
}

/** What is pushed last is main, and the branch is gone from the server. */
function pushMain(): string {
  team.git("push", "-q", "-f", "origin", "main");
  team.git("push", "-q", "origin", "--delete", "feature");
  return team.git("rev-parse", "main");
}

describe("a branch that was applied before it is", () => {
  test("merged: 0, with nothing to do, and main goes on", async () => {
    await branchDeploy();
    backOnMain();
    team.gitAt(20, "merge", "-q", "--no-ff", "-m", "merge", "feature");
    stage.takeWrites();
    await team.ends(0, pushMain());
    expect(stage.takeWrites()).toEqual([]);
    const said = await team.ends(0, team.commit(30, says("next")));
    expect(said).not.toContain("takes back");
  });

  test("squashed: 0, and the next change of main notes what it takes back", async () => {
    const tip = await branchDeploy();
    backOnMain();
    team.git("merge", "-q", "--squash", "feature");
    team.gitAt(20, "commit", "-q", "-m", "squashed");
    await team.ends(0, pushMain());
    const said = await team.ends(0, team.commit(30, says("next")));
    expect(said).toContain(`undoes commit ${tip}, which is not in this repository`);
  });

  test("rebased: 0 each", async () => {
    await branchDeploy();
    backOnMain();
    team.commit(12, says("main"), { "README.md": "docs" });
    team.git("checkout", "-q", "feature");
    team.gitAt(20, "rebase", "-q", "main");
    backOnMain();
    team.git("merge", "-q", "--ff-only", "feature");
    await team.ends(0, pushMain());
    await team.ends(0, team.commit(30, says("next")));
  });

  test("given up: main is older, 4 with its own words; a newer commit of main passes", async () => {
    const tip = await branchDeploy();
    backOnMain();
    const older = team.commit(5, says("main, older"));
    expect(await team.ends(4, older)).toContain(`commit ${tip} of another branch`);
    const said = await team.ends(0, team.commit(20, says("main again")));
    expect(said).toContain(`undoes commit ${tip}, which is on another branch`);
  });

  test("merged by a pull request's own merge commit, which the server makes and drops: 0", async () => {
    await team.ends(0, team.commit(0, says("main")));
    team.git("checkout", "-q", "-b", "feature");
    team.commit(10, says("feature"));
    team.git("checkout", "-q", "--detach", "main");
    team.gitAt(11, "merge", "-q", "--no-ff", "-m", "synthetic", "feature");
    const synthetic = team.git("rev-parse", "HEAD");
    team.git("push", "-q", "origin", `${synthetic}:refs/pull/1/merge`);
    const name = team.clone("main");
    const checkout = ["-C", path.join(stage.folder, name)];
    team.git(...checkout, "fetch", "-q", "origin", "refs/pull/1/merge");
    team.git(...checkout, "checkout", "-q", synthetic);
    expect((await stage.run(`apply --auto-approve -f ${name}/agents.yaml`)).code).toBe(0);
    team.git("push", "-q", "origin", "--delete", "refs/pull/1/merge");
    backOnMain();
    team.gitAt(20, "merge", "-q", "--no-ff", "-m", "merge", "feature");
    await team.ends(0, pushMain());
    await team.ends(0, team.commit(30, says("next")));
  });
});

describe("a history that was rewritten", () => {
  test("amended: 0", async () => {
    const gone = team.commit(0, says("one"));
    await team.ends(0, gone);
    team.gitAt(5, "commit", "-q", "--amend", "-m", "better");
    const said = await team.ends(0, team.commit(10, says("two")));
    expect(said).toContain(`undoes commit ${gone}`);
  });

  test("force-pushed to an older commit: 4, once; one --allow-rewind heals it", async () => {
    const base = team.commit(0, says("base"));
    await team.ends(0, team.commit(10, says("dropped")));
    team.git("reset", "-q", "--hard", base);
    const again = team.commit(5, says("again"));
    expect(await team.ends(4, again)).toContain("not in this repository, was applied before");
    await team.ends(0, again, "--allow-rewind");
    await team.ends(0, team.commit(6, says("and on")));
    await team.ends(0, team.commit(7, says("and on and on")));
  });

  test("a repository that moved, without its history: 0", async () => {
    await team.ends(0, team.commit(0, says("one")));
    team.git("checkout", "-q", "--orphan", "fresh");
    team.git("branch", "-q", "-D", "main");
    team.git("branch", "-q", "-m", "main");
    await team.ends(0, team.commit(10, says("two")));
  });
});

test("staging from two branches: the older one is refused once, then both go on", async () => {
  await team.ends(0, team.commit(0, says("base")));
  team.git("checkout", "-q", "-b", "y");
  const y = team.commit(9, says("y"));
  backOnMain();
  team.git("checkout", "-q", "-b", "x");
  const x = team.commit(10, says("x"));
  await team.ends(0, x);
  await team.ends(4, y);
  await team.ends(0, y, "--allow-rewind");
  team.git("checkout", "-q", "x");
  await team.ends(0, team.commit(11, says("x again")));
  team.git("checkout", "-q", "y");
  await team.ends(0, team.commit(12, says("y again")));
});

describe("the job of an older commit", () => {
  const other = { billing: { description: "same" } };

  test("that writes what a newer one wrote: 4, and a plan only notes it", async () => {
    const older = team.commit(0, says("older"));
    await team.ends(0, older);
    const newer = team.commit(10, says("newer"));
    await team.ends(0, newer);
    expect(await team.ends(4, older)).toContain(`commit ${newer}, which contains this one`);
    const file = `${team.clone(older)}/agents.yaml`;
    const plan = await stage.run(`plan -f ${file}`);
    expect(plan.code, plan.err).toBe(0);
    expect(plan.out).toContain("apply refuses this");
    expect((await stage.run(`plan --allow-rewind -f ${file}`)).out).toContain("allows it");
    const json = JSON.parse((await stage.run(`plan --format json -f ${file}`)).out);
    expect(json.commits).toMatchObject([{ kind: "outdated", outdated: { kind: "newer" } }]);
  });

  test("that builds a version of its own: 4", async () => {
    const base = team.commit(0, says("base"));
    await team.ends(0, base);
    const middle = team.commit(5, says("middle"));
    await team.ends(0, team.commit(10, says("newest")));
    await team.ends(4, middle);
  });

  test("that creates what a newer one deleted: 4; with --only somebody named it: 0", async () => {
    const older = team.commit(0, { ...says("same"), ...other });
    await team.ends(0, older);
    const newer = team.commit(10, says("newer"));
    await team.ends(0, newer, "--prune");
    team.commit(11, says("same"));
    await team.ends(0, team.git("rev-parse", "main"));
    const said = await team.ends(4, older);
    expect(said).toContain("billing: would be created");
    await team.ends(0, older, "--only billing");
    expect(Object.keys(shown()).toSorted()).toEqual(["billing", "triage"]);
  });

  test("that deletes what a newer one created, by --prune: 4", async () => {
    const older = team.commit(0, says("same"));
    await team.ends(0, older);
    await team.ends(0, team.commit(10, { ...says("same"), ...other }));
    expect(await team.ends(4, older, "--prune")).toContain("billing: commit");
  });

  test("that leaves alone what a newer one wrote: 0, whatever stands there", async () => {
    const older = team.commit(0, { ...says("same"), ...other });
    await team.ends(0, older);
    await team.ends(0, team.commit(10, { ...says("same"), ...other }, { "README.md": "docs" }));
    await team.ends(0, older);
    await team.ends(0, team.commit(20, { ...says("newer"), ...other }));
    team.git("checkout", "-q", "-b", "side", older);
    await team.ends(
      0,
      team.commit(5, { ...says("same"), billing: { description: "side" } }),
      "--only billing",
    );
    expect(shown()).toEqual({ triage: "newer", billing: "side" });
  });
});

test("21: a revert, the job of the reverted commit again, and a revert of the revert", async () => {
  const one = team.commit(0, says("one"));
  await team.ends(0, one);
  const two = team.commit(10, says("two"));
  await team.ends(0, two);
  await team.ends(0, team.commit(20, says("one")));
  expect([versionCount(stage), pointers(stage).triage]).toEqual([
    2,
    { default: 0, prod: 0, "prod-prev": 1 },
  ]);
  expect(await team.ends(4, two)).toContain(`prod was moved back from commit ${two}`);
  await team.ends(0, one);
  await team.ends(0, team.commit(30, says("two")));
  expect([versionCount(stage), pointers(stage).triage]).toEqual([
    2,
    { default: 1, prod: 1, "prod-prev": 0 },
  ]);
  await team.ends(0, team.commit(40, says("three")));
  await team.ends(4, two);
});

test("documents only: 0, nothing is written, and an older job of them neither", async () => {
  const first = team.commit(0, says("same"));
  await team.ends(0, first);
  const docs = team.commit(10, says("same"), { "README.md": "more" });
  stage.takeWrites();
  await team.ends(0, docs);
  await team.ends(0, first);
  expect(stage.takeWrites()).toEqual([]);
});

test("two pull requests, planned before the first one is applied: 0 each, from fresh clones", async () => {
  const both = (triage: string, billing: string): Agents => ({
    ...says(triage),
    billing: { description: billing },
  });
  await team.ends(0, team.commit(0, both("a", "b")));
  const plans: string[] = [];
  for (const [branch, agents] of [
    ["one", both("new", "b")],
    ["two", both("a", "new")],
  ] as const) {
    team.git("checkout", "-q", "-b", branch, "main");
    const name = team.clone(team.commit(10, agents), "--depth=1", "--no-single-branch");
    const plan = await stage.run(`plan -f ${name}/agents.yaml --out ${branch}.json`);
    expect(plan.code, plan.err).toBe(0);
    plans.push(`${branch}.json`);
  }
  backOnMain();
  for (const [at, branch] of ["one", "two"].entries()) {
    team.gitAt(20 + at, "merge", "-q", "--no-ff", "-m", branch, "-X", "patience", branch);
    team.git("push", "-q", "origin", "main");
    const name = team.clone("main");
    const apply = await stage.run(`apply ${plans[at]} -f ${name}/agents.yaml`);
    expect(apply.code, apply.out + apply.err).toBe(0);
    const again = await stage.run(`apply ${plans[at]} -f ${name}/agents.yaml`);
    expect(again.code, again.out + again.err).toBe(0);
  }
  expect(shown()).toEqual({ triage: "new", billing: "new" });
});

test("history: ancestors refuses what does not contain the applied commit, however new it is", async () => {
  const strict = (description: string) => ({
    "strict.yaml": JSON.stringify({
      version: 1,
      project: "acme",
      environments: { prod: { history: "ancestors" }, dev: {} },
      agents: { triage: { model: "m", description } },
    }),
  });
  const apply = (commit: string, environment: string) =>
    stage.run(`apply --auto-approve -f ${team.clone(commit)}/strict.yaml --env ${environment}`);
  const codes = async (commit: string) => {
    const outcomes = [await apply(commit, "prod"), await apply(commit, "dev")];
    return outcomes.map(({ code }) => code);
  };
  expect(await codes(team.commit(0, {}, strict("main")))).toEqual([0, 0]);
  team.git("checkout", "-q", "-b", "feature");
  expect(await codes(team.commit(10, {}, strict("feature")))).toEqual([0, 0]);
  backOnMain();
  const newer = team.commit(20, {}, strict("main again"));
  expect(await codes(newer)).toEqual([4, 0]);
  expect((await apply(newer, "prod")).err).toContain("this one does not contain it");
});

test("an edit made outside does not hide which commit was applied", async () => {
  const older = team.commit(0, says("older"));
  await team.ends(0, older);
  await team.ends(0, team.commit(10, says("newer")));
  const [agent] = stage.emulator.control.agents();
  stage.emulator.control.editAgent(agent?.id ?? "", { instructions: "theirs" });
  await team.ends(4, older, "--on-drift=overwrite");
});
