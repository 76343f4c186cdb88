import { existsSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { acme, type Stage, setStage } from "./stage.ts";
import {
  type Agents,
  agentNamed,
  applied,
  expectNothingToDo,
  methodsOf,
  pointers,
  refused,
  versionCount,
} from "./steps.ts";

let stage: Stage;
afterEach(() => stage.close());

const prod = { aliases: ["prod"] };
const guarded = { lifecycle: { prevent_destroy: true } };
const names = () => Object.keys(pointers(stage)).toSorted();
const many = (count: number, agent: Agents[string] = {}): Agents =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, agent]));

describe("23: before the first write, 3:", () => {
  test("12 updates with --max-updates 10, in numbers or as a share; 12 are allowed", async () => {
    stage = await setStage();
    await applied(stage, many(12));
    stage.write(acme(many(12, { description: "new" })));
    expect(await refused(stage, 3, "plan --max-updates 10 --out plan.json")).toContain("12");
    expect(existsSync(path.join(stage.folder, "plan.json"))).toBe(false);
    expect(await refused(stage, 3, "apply --auto-approve --max-updates 10")).toContain("12");
    await refused(stage, 3, "plan --max-updates 99%");
    await refused(stage, 3, "apply --auto-approve --max-updates 99%");
    await applied(stage, many(12, { description: "new" }), "--max-updates 12");
    // A version that is there already is a change of what callers get, as a new one is.
    stage.write(acme(many(12)));
    await refused(stage, 3, "apply --auto-approve --max-updates 10");
    await applied(stage, many(12), "--max-updates 100%");
    expect(versionCount(stage)).toBe(24);
  });

  test("more deletions than --max-deletes, which is 3 unless said otherwise", async () => {
    stage = await setStage();
    await applied(stage, { ...many(4), keep: {} });
    stage.write(acme({ keep: {} }));
    expect(await refused(stage, 3, "plan --prune")).toContain("--max-deletes 4");
    expect(await refused(stage, 3, "apply --auto-approve --prune")).toContain("4");
    await refused(stage, 3, "apply --auto-approve --prune --max-deletes 0");
    await refused(stage, 0, "plan --prune --max-deletes 4 --out plan.json");
    await refused(stage, 64, "apply plan.json --max-deletes 9");
    const { code, err } = await stage.run("apply plan.json");
    expect(code, err).toBe(0);
    expect(names()).toEqual(["keep"]);
  });

  test("an empty configuration with --prune, unless --allow-empty", async () => {
    stage = await setStage();
    await applied(stage, many(2));
    stage.write({ version: 1, project: "acme" });
    expect(await refused(stage, 3, "plan --prune")).toContain("--allow-empty");
    expect(await refused(stage, 3, "apply --auto-approve --prune")).toContain("--allow-empty");
    expect((await stage.run("apply --auto-approve --prune --allow-empty")).code).toBe(0);
    expect(names()).toEqual([]);
  });

  test("an orphan that is protected, whatever its newer versions say", async () => {
    stage = await setStage();
    await applied(stage, { keep: {}, safe: guarded });
    stage.write(acme({ keep: { description: "new" } }));
    for (const command of ["plan --prune", "apply --auto-approve --prune"]) {
      expect(await refused(stage, 3, command), command).toContain("safe");
    }
    await applied(stage, { keep: {}, safe: {} });
    await applied(stage, { keep: { description: "new" } }, "--prune");
    expect(names()).toEqual(["keep"]);
  });

  test("an orphan that is still handed off to: by a default, by an alias, by an agent of nobody", async () => {
    stage = await setStage();
    await applied(stage, { caller: { handoffs: ["old"], aliases: ["prod"] }, old: {} });
    const old = agentNamed(stage, "old").id;
    const caller = { handoffs: [{ id: old }], aliases: ["prod"] };
    stage.write(acme({ caller }));
    for (const command of ["plan --prune", "apply --auto-approve --prune"]) {
      expect(await refused(stage, 3, command), command).toContain("caller");
    }
    stage.write(acme({ caller: { aliases: { prod: 0 } } }));
    for (const command of ["plan --prune", "apply --auto-approve --prune"]) {
      expect(await refused(stage, 3, command), command).toContain("caller");
    }
    const foreign = stage.emulator.control.seedAgent({
      versions: [{ name: "foreign", model: "m", handoffs: [old] }],
    });
    stage.write(acme({ caller: prod }));
    for (const command of ["plan --prune", "apply --auto-approve --prune"]) {
      expect(await refused(stage, 3, command), command).toContain("foreign");
    }
    stage.emulator.control.remove(foreign.id);
    await applied(stage, { caller: prod }, "--prune");
    expect(names()).toEqual(["caller"]);
    await expectNothingToDo(stage);
  });
});

describe("23: orphans", () => {
  test("are shown and kept without --prune; with it they go last, callers before callees", async () => {
    stage = await setStage();
    await applied(stage, {
      keep: prod,
      one: { handoffs: ["two"] },
      two: { handoffs: ["three"] },
      three: {},
    });
    const [one, two, three] = ["one", "two", "three"].map((name) => agentNamed(stage, name).id);
    stage.write(acme({ keep: prod }));
    const plan = await stage.run("plan --detailed-exitcode");
    expect(plan.code).toBe(0);
    for (const key of ["one", "two", "three"]) expect(plan.out).toContain(key);
    expect(await applied(stage, { keep: prod })).toEqual([]);
    const writes = await applied(stage, { keep: { description: "new", ...prod } }, "--prune");
    expect(methodsOf(writes)).toEqual(["PATCH", "PUT", "DELETE", "DELETE", "DELETE"]);
    expect(writes.slice(2)).toEqual([one, two, three].map((id) => `DELETE /v1/agents/${id}`));
  });

  test("that hand off to each other in a circle go together", async () => {
    stage = await setStage();
    await applied(stage, { keep: {}, one: { handoffs: ["two"] }, two: { handoffs: ["one"] } });
    await applied(stage, { keep: {} }, "--prune");
    expect(names()).toEqual(["keep"]);
  });

  test("are not deleted when the release fails, and a deletion that fails is 6 with the release kept", async () => {
    stage = await setStage();
    await applied(stage, { keep: prod, old: {} });
    stage.write(acme({ keep: { description: "new", ...prod } }));
    stage.emulator.faults.add({ method: "PUT", status: 422 });
    expect((await stage.run("apply --auto-approve --prune")).code).toBe(5);
    expect(names()).toEqual(["keep", "old"]);
    stage.emulator.faults.add({ method: "DELETE", status: 422 });
    const { code, err } = await stage.run("apply --auto-approve --prune");
    expect(code).toBe(6);
    expect(err).toContain("old");
    expect(pointers(stage).keep).toMatchObject({ default: 1, prod: 1 });
    await applied(stage, { keep: { description: "new", ...prod } }, "--prune");
    expect(names()).toEqual(["keep"]);
  });

  test("of another project and of nobody are never touched", async () => {
    stage = await setStage();
    stage.write({ ...(acme({ theirs: {} }) as object), project: "other" });
    await stage.run("apply --auto-approve");
    stage.emulator.control.seedAgent({ versions: [{ name: "nobody's", model: "m" }] });
    await applied(stage, { keep: {}, old: {} });
    const writes = await applied(stage, { keep: {} }, "--prune");
    expect(methodsOf(writes)).toEqual(["DELETE"]);
    expect(names()).toEqual(["keep", "nobody's", "theirs"]);
  });
});

describe("destroy", () => {
  /** Ours, another project's and nobody's. */
  async function crowd(agents: Agents): Promise<void> {
    stage = await setStage();
    stage.write({ ...(acme({ theirs: {} }) as object), project: "other" });
    await stage.run("apply --auto-approve");
    stage.emulator.control.seedAgent({ versions: [{ name: "nobody's", model: "m" }] });
    await applied(stage, agents);
  }

  test("needs a terminal or a flag: 64; then it deletes what is tagged and nothing else", async () => {
    await crowd({ ...many(5), a: { handoffs: ["b"], ...prod }, b: { handoffs: ["a"], ...prod } });
    expect(await refused(stage, 64, "destroy")).toContain("--auto-approve");
    // What the file says by now does not matter: the tags do.
    stage.write(acme({ a: { handoffs: ["new"] }, new: {} }));
    expect((await stage.run("destroy --auto-approve")).code).toBe(0);
    expect(methodsOf(stage.takeWrites())).toEqual(Array(7).fill("DELETE"));
    expect(names()).toEqual(["nobody's", "theirs"]);
    expect(await refused(stage, 0, "destroy --auto-approve")).toBe("");
  });

  test("is refused with 3 for what is protected, by a tag or by the file, or used by others", async () => {
    await crowd({ safe: guarded, plain: {}, used: {} });
    expect(await refused(stage, 3, "destroy --auto-approve")).toContain("safe");
    stage.write(acme({ plain: guarded }));
    const said = await refused(stage, 3, "destroy --auto-approve");
    expect(said).toContain("safe");
    expect(said).toContain("plain");
    stage.emulator.control.seedAgent({
      versions: [{ name: "caller", model: "m", handoffs: [agentNamed(stage, "used").id] }],
    });
    expect(await refused(stage, 3, "destroy --auto-approve --only used")).toContain("caller");
  });

  test("--only deletes these; a key that is none is 3", async () => {
    await crowd({ a: {}, b: {}, safe: guarded, c: { handoffs: ["b"] } });
    expect(await refused(stage, 3, "destroy --auto-approve --only a --only nope")).toContain(
      "nope",
    );
    expect(await refused(stage, 3, "destroy --auto-approve --only b")).toContain("c");
    expect((await stage.run("destroy --auto-approve --only a,b --only c")).code).toBe(0);
    expect(names()).toEqual(["nobody's", "safe", "theirs"]);
  });
});
