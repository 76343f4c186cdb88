import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { transformSync } from "esbuild";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { acme, type Stage, setStage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
  stage.write(acme({ triage: { aliases: ["prod"] }, "billing-eu": {} }));
  await stage.run("apply --auto-approve");
  stage.takeWrites();
});
afterEach(() => stage.close());

const file = (name: string) => path.join(stage.folder, name);
const idOf = (key: string) =>
  stage.emulator.control.agents().find(({ id }) => {
    const { name } = stage.emulator.control.shown(id);
    return name === key;
  })?.id;

describe("what it prints", () => {
  test("a table, and nothing is sent but GET", async () => {
    const { code, out, err } = await stage.run("output");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain(`triage      ${idOf("triage")}  0        prod=0`);
    expect(stage.takeWrites()).toEqual([]);
  });

  test("JSON: the document of the contract, for the keys that are named", async () => {
    const { code, out } = await stage.run("output triage --format json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      format_version: "1.0",
      kind: "output",
      errored: false,
      project: "acme",
      environment: "",
      agents: {
        triage: { id: idOf("triage"), name: "triage", version: 0, aliases: { prod: 0 } },
      },
    });
  });

  test("variables that a shell takes as they are", async () => {
    const { out } = await stage.run("output --format env");
    expect(out).toContain(`AGENTVANE_BILLING_EU_ID=${idOf("billing-eu")}\n`);
    expect(out).not.toMatch(/^#|'/m);
  });

  test("a module that an application imports", async () => {
    const { out } = await stage.run("output triage --format ts --alias prod");
    const { code } = transformSync(out, { loader: "ts", format: "esm" });
    const module = await import(`data:text/javascript,${encodeURIComponent(code)}`);
    expect(module).toMatchObject({
      project: "acme",
      alias: "prod",
      agents: { triage: { id: idOf("triage"), version: 0, aliases: { prod: 0 } } },
    });
  });
});

describe("what it refuses", () => {
  test("a key that is not there, an alias that one agent lacks, an alias that is none", async () => {
    expect((await stage.run("output tirage")).code).toBe(3);
    const lacking = await stage.run("output --alias prod");
    expect(lacking.code).toBe(3);
    expect(lacking.err).toContain("billing-eu has no alias prod");
    expect((await stage.run("output --alias Prod")).code).toBe(64);
  });

  test("two keys of one variable name, but only where names are made of them", async () => {
    stage.write(acme({ "a-b": {}, a_b: {} }));
    await stage.run("apply --auto-approve");
    const { code, out, err } = await stage.run("output --format env");
    expect({ code, out }).toEqual({ code: 3, out: "" });
    expect(err).toContain("a-b, a_b");
    expect((await stage.run("output --format github")).code).toBe(3);
    expect((await stage.run("output --format json")).code).toBe(0);
    expect((await stage.run("output --format ts")).code).toBe(0);
  });

  test("two agents of one key: somebody has to say which", async () => {
    stage.emulator.control.copyAgent(idOf("triage") ?? "");
    const { code, out } = await stage.run("output triage --format json");
    expect(code).toBe(4);
    expect(JSON.parse(out)).toMatchObject({
      kind: "output",
      errored: true,
      error: { code: "output_refused" },
      project: null,
      agents: {},
    });
    expect((await stage.run("output billing-eu")).code).toBe(0);
  });

  test("a key with a line break, which somebody wrote into the tags, sets no variable", async () => {
    stage.emulator.control.editAgent(idOf("triage") ?? "", {
      metadata: {
        "agentvane.project": "acme",
        "agentvane.environment": "",
        "agentvane.key": "a\nPATH=x",
      },
    });
    const { code, out } = await stage.run("output --format env");
    expect({ code, out }).toEqual({ code: 3, out: "" });
  });
});

describe("files", () => {
  test("--out writes the form that the name says, and --check says whether it is still true", async () => {
    const written = await stage.run("output triage --out agents.ts");
    expect(written).toEqual({ code: 0, out: "wrote agents.ts\n", err: "" });
    expect(readFileSync(file("agents.ts"), "utf8")).toContain("as const;");
    const same = await stage.run("output triage --check agents.ts");
    expect(same).toEqual({ code: 0, out: "Up to date: agents.ts\n", err: "" });
    stage.write(acme({ triage: { description: "new", aliases: ["prod"] }, "billing-eu": {} }));
    await stage.run("apply --auto-approve");
    const stale = await stage.run("output triage --check agents.ts");
    expect(stale.code).toBe(2);
    expect(stale.out).toContain("version: 1, aliases: { prod: 1 }");
    const document = await stage.run("output triage --check agents.ts --format ts -q");
    expect(document.code).toBe(2);
  });

  test("as JSON the check is a member of the document", async () => {
    await stage.run("output --out ids.json");
    const { code, out } = await stage.run("output --check ids.json --format json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ check: { file: "ids.json", holds: true } });
  });

  test("nothing is written when it fails, and no folder is a file", async () => {
    writeFileSync(file(".env.agents"), "KEEP=1\n");
    expect((await stage.run("output tirage --out .env.agents")).code).toBe(3);
    expect(readFileSync(file(".env.agents"), "utf8")).toBe("KEEP=1\n");
    expect((await stage.run("output --out nowhere/agents.ts")).code).toBe(1);
    mkdirSync(file("folder"));
    expect((await stage.run("output --check folder")).code).toBe(1);
    expect((await stage.run("output --check agents.ts")).code).toBe(3);
    expect((await stage.run("output --check a.ts --out a.ts")).code).toBe(64);
  });

  test("the file of a step's outputs is appended to, never replaced", async () => {
    const GITHUB_OUTPUT = file("github-output");
    const { code, err } = await stage.run("output --format github --out github-output", {
      GITHUB_OUTPUT,
    });
    expect(code).toBe(64);
    expect(err).toContain('>> "$GITHUB_OUTPUT"');
    expect(existsSync(GITHUB_OUTPUT)).toBe(false);
  });
});

describe("explain", () => {
  test("prints the section of a code, also when it is pasted with its brackets", async () => {
    const { code, out } = await stage.run("explain drift_refused");
    expect(code).toBe(0);
    expect(out).toContain("error[drift_refused]");
    expect(out).not.toMatch(/\]\(|```/);
    expect((await stage.run("explain error[drift_refused]:")).out).toBe(out);
    const document = await stage.run("explain drift_refused --format json");
    expect(JSON.parse(document.out)).toMatchObject({ kind: "explanation", code: "drift_refused" });
  });

  test("a code that is none is a usage error that knows what was meant", async () => {
    const { code, err } = await stage.run("explain drift_refuse");
    expect(code).toBe(64);
    expect(err).toContain('did you mean "drift_refused"?');
    expect((await stage.run("explain")).code).toBe(64);
  });
});

describe("the report of an apply", () => {
  const reported = () => JSON.parse(readFileSync(file("report.json"), "utf8")).output;
  const read = async () => JSON.parse((await stage.run("output --format json")).out).agents;

  test("gives what output gives: after creates, an update, a reuse, a removed alias, and nothing to do", async () => {
    const configs = [
      { triage: { aliases: ["prod", "next"] }, "billing-eu": { aliases: ["prod"] }, new: {} },
      {
        triage: { description: "new", aliases: ["prod"] },
        "billing-eu": { aliases: ["prod"] },
        new: {},
      },
      { triage: { aliases: { prod: "latest", next: null } }, "billing-eu": { aliases: ["prod"] } },
    ];
    for (const config of [...configs, configs[2]]) {
      stage.write(acme(config as never));
      const { code, err } = await stage.run("apply --auto-approve --prune --report report.json");
      expect(code, err).toBe(0);
      const found = await read();
      // An alias that the file does not name, such as prod-prev, is not read by an apply.
      for (const [key, agent] of Object.entries<{ aliases: object }>(reported())) {
        expect({ ...found[key], aliases: {} }).toEqual({ ...agent, aliases: {} });
        expect(found[key].aliases).toMatchObject(agent.aliases);
      }
      expect(Object.keys(reported())).toEqual(Object.keys(found));
    }
  });

  test("says where they stand after a release that failed", async () => {
    stage.write(acme({ triage: { description: "new", aliases: ["prod"] }, "billing-eu": {} }));
    stage.emulator.faults.add({ method: "PUT", path: "/aliases", status: 422, times: null });
    expect((await stage.run("apply --auto-approve --report report.json")).code).toBe(5);
    expect(reported().triage).toMatchObject({ version: 0, aliases: { prod: 0 } });
    expect((await read()).triage).toMatchObject({ version: 0, aliases: { prod: 0 } });
  });
});
