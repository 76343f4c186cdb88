import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Json } from "../../src/agent/json.ts";
import { acme, type Stage, setStage } from "./stage.ts";
import { type Agents, agentNamed, applied, expectNothingToDo, pointers, refused } from "./steps.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const prod = { aliases: ["prod"] };
const planFile = () => path.join(stage.folder, "plan.json");

/** Two agents are there, other two will be: one updated, one created. */
const planned: Agents = {
  triage: { description: "new", ...prod },
  billing: prod,
  fresh: { handoffs: ["triage"], ...prod },
};

async function savePlan(flags = ""): Promise<void> {
  stage.write(acme(planned));
  expect((await stage.run(`plan --out plan.json${flags}`)).code).toBe(0);
}

async function setOut(): Promise<void> {
  await applied(stage, { triage: prod, billing: prod, old: {} });
  await applied(stage, { triage: { description: "second", ...prod }, billing: prod, old: {} });
  await savePlan();
}

describe("15: a saved plan, and then", () => {
  const moves: readonly (readonly [string, (id: string) => void, RegExp])[] = [
    [
      "its agent is edited",
      (id) => void stage.emulator.control.editAgent(id, { description: "x" }),
      /triage: default version 1 → 2/,
    ],
    [
      "its agent is edited and switched back",
      (id) => {
        stage.emulator.control.editAgent(id, { description: "x" });
        stage.emulator.control.switchVersion(id, 1);
      },
      /triage: newest version 1 → 2/,
    ],
    [
      "a run bumps its agent",
      (id) => void stage.emulator.control.bump(id),
      /triage: default version 1 → 2/,
    ],
    [
      "its default is switched",
      (id) => void stage.emulator.control.switchVersion(id, 0),
      /triage: default version 1 → 0/,
    ],
    [
      "its alias is moved",
      (id) => void stage.emulator.control.setAlias(id, "prod", 0),
      /triage: prod 1 → the new version, now 0 → the new version/,
    ],
    [
      "its alias is removed",
      (id) => void stage.emulator.control.removeAlias(id, "prod"),
      /triage: prod 1 → the new version, now none → the new version/,
    ],
    [
      "its agent is deleted",
      (id) => void stage.emulator.control.remove(id),
      /triage: the plan would update it; apply would create it/,
    ],
    ["its agent is copied", (id) => void stage.emulator.control.copyAgent(id), /triage/],
  ];

  test.each(moves)("%s: 4, nothing written, and what moved is named", async (_name, act, named) => {
    await setOut();
    act(agentNamed(stage, "triage").id);
    expect(await refused(stage, 4, "apply plan.json")).toMatch(named);
  });

  test("an agent that it leaves as it is changes: 4, since apply would now write it as well", async () => {
    await setOut();
    stage.emulator.control.editAgent(agentNamed(stage, "billing").id, { description: "x" });
    expect(await refused(stage, 4, "apply plan.json")).toMatch(
      /billing: the plan leaves it alone; apply would reuse/,
    );
  });

  test("another run does half of it: 4, and what is done already is named", async () => {
    await setOut();
    await applied(stage, { ...planned, triage: { description: "second", ...prod } });
    stage.write(acme(planned));
    const said = await refused(stage, 4, "apply plan.json");
    expect(said).toMatch(/fresh: this part of the plan is applied already/);
  });

  test("a comment, another order and another spelling in the file: it is carried out", async () => {
    await setOut();
    const { triage, billing, fresh } = planned;
    const reordered = acme({ fresh, billing, triage } as Agents);
    stage.write(`# Why: see the minutes.\n${JSON.stringify(reordered, null, 2)}\n`);
    const { code, err } = await stage.run("apply plan.json");
    expect(code, err).toBe(0);
    expect(pointers(stage)).toMatchObject({ triage: { default: 2, prod: 2 }, fresh: { prod: 0 } });
    await expectNothingToDo(stage);
  });

  test("agents that it does not concern change, come and go: it is carried out", async () => {
    const other = stage.emulator.control.seedAgent({ versions: [{ name: "other", model: "m" }] });
    const gone = stage.emulator.control.seedAgent({ versions: [{ name: "gone", model: "m" }] });
    await setOut();
    stage.emulator.control.editAgent(other.id, { description: "x" });
    stage.emulator.control.editAgent(agentNamed(stage, "old").id, { description: "x" });
    stage.emulator.control.remove(gone.id);
    stage.emulator.control.seedAgent({ versions: [{ name: "new here", model: "m" }] });
    stage.takeWrites();
    const { code, err } = await stage.run("apply plan.json");
    expect(code, err).toBe(0);
    expect(stage.takeWrites()).toHaveLength(4);
    expect(pointers(stage)).toMatchObject({
      triage: { default: 2, prod: 2 },
      fresh: { default: 0, prod: 0 },
    });
    expect((await stage.run("plan --detailed-exitcode")).code).toBe(0);
  });
});

test("the command that is printed applies the plan as it is, with every flag that it needs", async () => {
  const server = stage.url;
  stage.write(
    {
      ...(acme({ triage: { description: "${{ vars.tone }} ${{ vars.who }}", ...prod } }) as object),
      vars: { tone: "a", who: "b" },
      environments: { prod: {} },
    },
    { "sub folder/keep": "" },
  );
  const file = path.join(stage.folder, "sub folder", "agents.yaml");
  writeFileSync(file, readFileSync(path.join(stage.folder, "agents.yaml")));
  const flags = ["--file", "sub folder/agents.yaml", "--env", "prod", "--server-url", server];
  const variables = ["--var", 'tone=it\'s "$HOME"', "--var", "who=x"];
  const unset = { AGENTVANE_SERVER_URL: "" };
  const planned = await stage.runWords(["plan", ...flags, ...variables, "--out", "p.json"], unset);
  const [, command = ""] = /^saved as p\.json: agentvane (.*)$/m.exec(planned.err) ?? [];
  expect(command, planned.err).toContain("apply p.json");
  const words = execFileSync("sh", ["-c", `printf '%s\\0' ${command}`], { encoding: "utf8" });
  const { code, out, err } = await stage.runWords(words.split("\0").slice(0, -1), unset);
  expect(code, out + err).toBe(0);
  expect(stage.emulator.control.shown(agentNamed(stage, "triage").id).description).toBe(
    'it\'s "$HOME" x',
  );
});

test("two pull requests and a third that only touches documents, all planned before the first is applied: 0 each", async () => {
  const main: Agents = { triage: prod, billing: prod };
  await applied(stage, main);
  const first: Agents = { ...main, triage: { ...prod, description: "first" } };
  const second: Agents = { ...main, billing: { ...prod, description: "second" } };
  const planAs = async (agents: Agents, file: string) => {
    stage.write(acme(agents));
    expect((await stage.run(`plan --out ${file}`)).code).toBe(0);
  };
  await planAs(first, "one.json");
  await planAs(second, "two.json");
  await planAs(main, "docs.json");
  stage.write(acme(first));
  expect((await stage.run("apply one.json")).code).toBe(0);
  stage.write(acme({ ...first, ...second, triage: { ...prod, description: "first" } }));
  await refused(stage, 0, "apply docs.json");
  expect((await stage.run("apply two.json")).code).toBe(0);
  expect(pointers(stage)).toEqual({
    triage: { default: 1, prod: 1 },
    billing: { default: 1, prod: 1 },
  });
  await expectNothingToDo(stage);
});

describe("16: a saved plan", () => {
  test("with a byte changed, cut, or no plan at all: 4; that is not there: 3", async () => {
    await setOut();
    const text = readFileSync(planFile(), "utf8");
    for (const part of [0.1, 0.35, 0.6, 0.8, 0.97]) {
      const at =
        text.slice(Math.floor(text.length * part)).search(/[0-9a-z]/) +
        Math.floor(text.length * part);
      const other = text[at] === "1" ? "2" : "1";
      writeFileSync(planFile(), text.slice(0, at) + other + text.slice(at + 1));
      expect(await refused(stage, 4, "apply plan.json"), `byte ${at}`).toContain("plan.json");
    }
    writeFileSync(planFile(), text.slice(0, -20));
    await refused(stage, 4, "apply plan.json");
    writeFileSync(planFile(), "{}");
    await refused(stage, 4, "apply plan.json");
    await refused(stage, 3, "apply other.json");
  });

  test("and a file that says something else by now: 4, and the agents are named", async () => {
    await setOut();
    stage.write(acme({ ...planned, billing: { ...prod, description: "more" } }));
    const more = /billing: the plan leaves it alone; apply would update it/;
    expect(await refused(stage, 4, "apply plan.json")).toMatch(more);
    const { fresh: _left, ...less } = planned;
    stage.write(acme(less));
    const gone = /fresh: the plan would create it; now nothing is left to do/;
    expect(await refused(stage, 4, "apply plan.json")).toMatch(gone);
    stage.write(acme({ ...planned, triage: { description: "new", aliases: { prod: 0 } } }));
    expect(await refused(stage, 4, "apply plan.json")).toMatch(/triage: prod 1 → the new version/);
    stage.write(acme({ ...planned, triage: { description: "newer", ...prod } }));
    expect(await refused(stage, 4, "apply plan.json")).toMatch(/triage: description changed/);
  });

  test("for another server or another project: 4, both are named", async () => {
    await setOut();
    const elsewhere = await setStage();
    try {
      const said = await refused(stage, 4, `apply plan.json --server-url ${elsewhere.url}`);
      expect(said).toContain(stage.url);
      expect(said).toContain(elsewhere.url);
      expect(elsewhere.takeWrites()).toEqual([]);
    } finally {
      await elsewhere.close();
    }
    stage.write({ ...(acme(planned) as object), project: "acme-two" });
    expect(await refused(stage, 4, "apply plan.json")).toMatch(/acme.*acme-two/);
  });

  test("that is applied twice does nothing the second time, and says 0", async () => {
    await setOut();
    expect((await stage.run("apply plan.json")).code).toBe(0);
    expect(await refused(stage, 0, "apply plan.json")).not.toContain("error");
    await refused(stage, 0, "apply plan.json --report report.json");
    expect(JSON.parse(readFileSync(path.join(stage.folder, "report.json"), "utf8"))).toMatchObject({
      kind: "report",
      errored: false,
    });
  });

  test("that is applied already says 0 and sends nothing, also when the file wants more by now", async () => {
    await setOut();
    expect((await stage.run("apply plan.json")).code).toBe(0);
    stage.write(acme({ ...planned, billing: { ...prod, description: "more" } }));
    stage.takeWrites();
    const { code, out } = await stage.run("apply plan.json");
    expect([code, stage.takeWrites()]).toEqual([0, []]);
    expect(out).toContain("plan again");
    stage.emulator.control.editAgent(agentNamed(stage, "triage").id, { description: "x" });
    await refused(stage, 4, "apply plan.json");
  });

  test("of which the apply was killed half way is refused, and planning again carries on", async () => {
    await setOut();
    let writes = 0;
    stage.emulator.onRequest(({ method }) => {
      if (method === "GET") return;
      writes += 1;
      if (writes !== 3) return;
      stage.signal("SIGKILL");
      throw new Error("killed before it was sent");
    });
    expect((await stage.run("apply plan.json")).code).toBe(null);
    expect(await refused(stage, 4, "apply plan.json")).toContain("Plan again");
    await savePlan();
    expect((await stage.run("apply plan.json")).code).toBe(0);
    await expectNothingToDo(stage);
  });

  test("without operations does nothing and says 0, whatever is pending by now", async () => {
    await applied(stage, { triage: prod });
    await stage.run("plan --out plan.json");
    await refused(stage, 0, "apply plan.json");
    stage.write(acme({ triage: { ...prod, description: "more" }, fresh: {} }));
    stage.takeWrites();
    const { code, out } = await stage.run("apply plan.json --format markdown");
    expect([code, stage.takeWrites()]).toEqual([0, []]);
    expect(out).toContain("Nothing to do");
    expect(out).toContain("plan again");
  });

  test("of which a gate, its time-out or a file that it names changed: 4, and the gate is named", async () => {
    await applied(stage, { triage: prod });
    const run = "cat evals/triage.yaml";
    const gated = (gates: Json, evals = "1") =>
      stage.write(
        { ...(acme({ triage: { ...prod, description: "new" } }) as object), gates },
        { "evals/triage.yaml": evals },
      );
    gated([{ run }]);
    await stage.run("plan --out plan.json");
    gated([{ run }], "2");
    expect(await refused(stage, 4, "apply plan.json")).toMatch(
      /evals.*a file that it names changed/,
    );
    gated([]);
    expect(await refused(stage, 4, "apply plan.json")).toMatch(/the plan runs it, apply would not/);
    gated([{ run: "true" }]);
    expect(await refused(stage, 4, "apply plan.json")).toMatch(
      /gate true: the plan does not have it/,
    );
    gated([{ run, timeout: "5m" }]);
    expect(await refused(stage, 4, "apply plan.json")).toMatch(/its time-out changed/);
    gated([{ run }]);
    expect((await stage.run("apply plan.json")).code).toBe(0);
  });

  test("with --on-drift=fail is refused when it shows drift, and applied when it shows none", async () => {
    await setOut();
    await refused(stage, 0, "plan");
    stage.emulator.control.editAgent(agentNamed(stage, "triage").id, { description: "theirs" });
    await savePlan();
    expect(await refused(stage, 4, "apply plan.json --on-drift=fail")).toContain("triage");
    await refused(stage, 64, "apply plan.json --on-drift=never");
    stage.emulator.control.switchVersion(agentNamed(stage, "triage").id, 1);
    await savePlan();
    expect((await stage.run("apply plan.json --on-drift=fail")).code).toBe(0);
  });

  test("does not depend on another API key, or on the run that wrote its agents", async () => {
    await setOut();
    const { code, err } = await stage.run("apply plan.json", { MISTRAL_API_KEY: "another-key" });
    expect(code, err).toBe(0);
  });

  test("keeps the choices it was made with, and takes no others", async () => {
    await setOut();
    await savePlan(" --prune");
    await refused(stage, 64, "apply plan.json --prune");
    await refused(stage, 64, "apply plan.json --on-drift overwrite");
    expect((await stage.run("apply plan.json")).code).toBe(0);
    expect(Object.keys(pointers(stage)).toSorted()).toEqual(["billing", "fresh", "triage"]);
    await expectNothingToDo(stage);
  });

  test("that shows an edit made outside has approved that it is overwritten", async () => {
    await setOut();
    const { id } = agentNamed(stage, "triage");
    stage.emulator.control.editAgent(id, { description: "theirs", instructions: "theirs" });
    await savePlan();
    const { code, err } = await stage.run("apply plan.json");
    expect(code, err).toBe(0);
    expect(stage.emulator.control.shown(id)).toMatchObject({
      description: "new",
      instructions: null,
    });
    await expectNothingToDo(stage);
  });

  test("is the same from the same inputs, and holds no secret", async () => {
    const crm = {
      type: "connector",
      connector_id: "crm",
      authorization: { type: "api-key", value: "${{ secrets.T }}" },
    };
    stage.write(acme({ triage: { tools: [crm] } }));
    const env = { T: "secret-of-the-crm" };
    expect((await stage.run("plan --out one.json", env)).code).toBe(0);
    expect((await stage.run("plan --out two.json --parallelism 1", env)).code).toBe(0);
    const [one, two] = ["one", "two"].map((name) =>
      readFileSync(path.join(stage.folder, `${name}.json`), "utf8"),
    );
    expect(one).toBe(two);
    expect(one).not.toContain("secret-of-the-crm");
    expect(one).not.toContain("key-of-the-test");
    expect((await stage.run("apply one.json", env)).code).toBe(0);
    const { id } = agentNamed(stage, "triage");
    expect(JSON.stringify(stage.emulator.control.shown(id))).toContain("secret-of-the-crm");
  });
});
