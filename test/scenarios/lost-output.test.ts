import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { acme, type Outputs, type Stage, type State, setStage } from "./stage.ts";
import { agentNamed, applied, justBefore, pointers } from "./steps.ts";

/** Nobody reads a command's output, or it cannot be written: the run goes on, and ends as it would have. */

let stage: Stage;
afterEach(() => stage.close());

type Request = { readonly method: string; readonly path: string };

/** When a reader goes away: as the command starts, or just before a request of a kind. */
const moments: { readonly [name: string]: ((request: Request) => boolean) | undefined } = {
  "at once": undefined,
  "before it reads": () => true,
  "before it creates": ({ method }) => method === "POST",
  "before it updates": ({ method, path: at }) => method === "PATCH" && !at.includes("version="),
  "before it moves an alias": ({ method }) => method === "PUT",
  "before it reverts": ({ method, path: at }) => method === "PATCH" && at.includes("version="),
  "before it deletes": ({ method, path: at }) => method === "DELETE" && !at.includes("aliases"),
  "before it removes an alias": ({ method, path: at }) =>
    method === "DELETE" && at.includes("aliases"),
};

/** More lines than a pipe holds, so that whoever does not read them would hold the command up. */
const talkative = `node -e "for (let n = 0; n < 4000; n += 1) console.log('line ' + n + ' of the gate')"`;
const alias = { aliases: { staging: "latest", prod: "latest" } };

/** Two agents released twice, and a third that the file has no more. Made once: it takes longer than what is tested. */
async function madeState(): Promise<State> {
  stage = await setStage();
  await applied(stage, { triage: alias, billing: alias, old: {} });
  await applied(stage, { triage: { description: "two", ...alias }, billing: alias, old: {} });
  await point("billing", "gone", 0);
  await stage.close();
  return stage.state();
}

let state: State;
beforeAll(async () => {
  state = await madeState();
});

/** A stage with these agents, whose file wants others, and a gate that says a lot. */
async function atWork(): Promise<void> {
  stage = await setStage({}, {}, state);
  const agents = {
    triage: { description: "three", ...alias },
    billing: { description: "three", aliases: { staging: "latest", prod: "latest", gone: null } },
    fresh: alias,
  };
  stage.write({ ...(acme(agents) as object), gates: [{ run: talkative }] } as never);
}

/** Somebody points an alias of an agent at a version. */
async function point(name: string, pointed: string, version: number): Promise<void> {
  const { id } = agentNamed(stage, name);
  const query = `alias=${pointed}&version=${version}`;
  await stage.emulator.fetch(
    new Request(`${stage.url}/v1/agents/${id}/aliases?${query}`, {
      method: "PUT",
      headers: { authorization: "Bearer k" },
    }),
  );
}

/** The commands that write, what becomes of each, and the moments that it has. */
const stories: {
  readonly [name: string]: {
    readonly args: string;
    readonly formats: readonly string[];
    readonly moments: readonly string[];
    readonly code: number;
    readonly prepare?: () => unknown;
  };
} = {
  apply: {
    args: "apply --auto-approve --prune --on-drift=overwrite --report report.json",
    formats: ["text", "json", "markdown", "html"],
    moments: [
      "at once",
      "before it reads",
      "before it creates",
      "before it updates",
      "before it moves an alias",
      "before it removes an alias",
      "before it deletes",
    ],
    code: 0,
  },
  "an apply that fails": {
    args: "apply --auto-approve --on-drift=overwrite --report report.json",
    formats: ["text", "json", "markdown", "html"],
    moments: ["at once", "before it moves an alias", "before it reverts"],
    code: 5,
    prepare: () => stage.emulator.faults.add({ method: "PUT", skip: 2, status: 403 }),
  },
  promote: {
    args: "promote staging prod --auto-approve --report report.json",
    formats: ["text", "json"],
    moments: ["at once", "before it moves an alias"],
    code: 0,
    prepare: () => point("triage", "staging", 0),
  },
  rollback: {
    args: "rollback prod --auto-approve --report report.json",
    formats: ["text", "json"],
    moments: ["at once", "before it moves an alias"],
    code: 0,
  },
  forget: {
    args: "forget old --report report.json",
    formats: ["text", "json"],
    moments: ["at once", "before it updates"],
    code: 0,
  },
  destroy: {
    args: "destroy --auto-approve --report report.json",
    formats: ["text", "json"],
    moments: ["at once", "before it deletes"],
    code: 0,
  },
};

/** What is left on the server and in the report, without what differs from run to run. */
function left() {
  const { errored, error, operations } = JSON.parse(
    readFileSync(path.join(stage.folder, "report.json"), "utf8"),
  );
  return {
    pointers: pointers(stage),
    errored,
    code: error?.code,
    operations: operations.map((each: { kind: string }) => each.kind).toSorted(),
  };
}

describe.each(Object.entries(stories))(
  "%s",
  (_name, { args, formats, moments: when, code, prepare }) => {
    const cases = formats.flatMap((format) =>
      when.flatMap((moment) =>
        (format === "text" ? ["stdout", "stderr", "both"] : ["both"]).map(
          (output) => [format, output, moment] as const,
        ),
      ),
    );

    /** What the same run leaves behind when somebody reads it to its end. */
    async function undisturbed(format: string) {
      await atWork();
      await prepare?.();
      const { code: ended, out, err } = await stage.run(`${args} --format ${format}`);
      expect(ended, out + err).toBe(code);
      const expected = left();
      await stage.close();
      stage = await setStage();
      return expected;
    }

    let expected: ReturnType<typeof left>;
    test("ends as it should while somebody reads", async () => {
      expected = await undisturbed("text");
    });

    test.each(cases)("as %s, nobody reads %s: gone %s", async (format, output, moment) => {
      await atWork();
      await prepare?.();
      const leave = () => {
        if (output !== "stderr") stage.leave("stdout");
        if (output !== "stdout") stage.leave("stderr");
      };
      const matches = moments[moment];
      let wasThere = matches === undefined;
      if (matches !== undefined) {
        justBefore(stage, matches, () => {
          wasThere = true;
          leave();
        });
      }
      const run = stage.run(`${args} --format ${format}`);
      if (matches === undefined) leave();
      expect((await run).code).toBe(code);
      expect(wasThere).toBe(true);
      expect(left()).toEqual(expected);
    });

    const full = formats.flatMap((format) => [
      [format, { stdout: "/dev/full" }],
      [format, { stderr: "/dev/full" }],
      [format, { stdout: "/dev/full", stderr: "/dev/full" }],
    ]) as [string, Outputs][];
    test.each(full)("as %s, with a full disk: %j", async (format, outputs) => {
      await atWork();
      await prepare?.();
      const { code: ended, out, err } = await stage.run(`${args} --format ${format}`, {}, outputs);
      expect(ended).toBe(code);
      expect(left()).toEqual(expected);
      expect(out + err).not.toMatch(/^\s+at |node:internal/m);
      if (outputs.stderr === undefined) {
        expect(err).toContain("error[output_failed]: the output could not be written: ENOSPC");
      }
    });
  },
);

describe("a command that only prints", () => {
  const commands = [
    "plan",
    "plan --format json",
    "plan --format markdown",
    "plan --format html",
    "drift",
    "drift --format json",
    "show",
    "show --json",
    "history triage",
    "ask triage hello",
    "output",
    "environments",
    "render",
    "graph",
    "graph --format svg",
    "schema",
    "validate",
    "completion bash",
    "completion bash --list keys",
    "doctor",
    "help",
    "plan --help",
    "--version",
  ];

  test.each(commands)("%s on a full disk: 1, in a sentence", async (args) => {
    await atWork();
    const { code, err } = await stage.run(args, {}, { stdout: "/dev/full" });
    expect(code, err).toBe(1);
    expect(err).toMatch(/the output could not be written: ENOSPC: no space left on device/);
    expect(err).not.toMatch(/^\s+at /m);
  });

  test.each(commands)("%s with nobody reading: 0", async (args) => {
    await atWork();
    const run = stage.run(args);
    stage.leave("stdout");
    stage.leave("stderr");
    expect((await run).code).toBe(0);
  });

  test("what it found counts, read or not", async () => {
    await atWork();
    const run = stage.run("plan --detailed-exitcode");
    stage.leave("stdout");
    expect((await run).code).toBe(2);
    stage.write("version: 1\nproject: acme\nagents: nonsense\n");
    expect((await stage.run("validate", {}, { stdout: "/dev/full" })).code).toBe(3);
    expect((await stage.run("nonsense --json", {}, { stdout: "/dev/full" })).code).toBe(64);
  });

  test("a disk that fills up in the middle of the output: 1, not half a document", async () => {
    await atWork();
    // A file may have so many blocks of 512 bytes; a longer one is cut there, as on a full disk.
    writeFileSync(
      path.join(stage.folder, "limited.sh"),
      `ulimit -f 4; "${process.execPath}" "$@" > out.html; echo "code $?"`,
    );
    const command = path.join(import.meta.dirname, "..", "..", "dist", "agentvane.cjs");
    const { stdout, stderr } = spawnSync(
      "sh",
      ["limited.sh", command, "graph", "--format", "svg"],
      { cwd: stage.folder, encoding: "utf8", env: { PATH: process.env.PATH } },
    );
    expect(stdout + stderr).toContain("code 1");
    expect(stderr).toContain("the output could not be written");
  });
});

test("a reader that stops reading holds up no release", async () => {
  await atWork();
  const moved = new Promise<void>((resolve) => {
    let puts = 0;
    stage.emulator.onRequest(({ method }) => {
      if (method === "PUT") puts += 1;
      if (puts === 6) resolve();
    });
  });
  const read = stage.runUnread("apply --auto-approve --on-drift=overwrite");
  await moved;
  const { code, err } = await read();
  expect(code).toBe(0);
  expect(err).toContain("line 3999 of the gate");
});
