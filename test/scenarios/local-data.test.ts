import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { acme, type Stage, setStage, startCommand, untilEnd } from "./stage.ts";

let stage: Stage;
let outside: string;
beforeEach(async () => {
  stage = await setStage();
  outside = mkdtempSync(path.join(tmpdir(), "agentvane-outside-"));
  stage.write(acme({ triage: { aliases: ["prod"] } }));
});
afterEach(async () => {
  await stage.close();
  rmSync(outside, { recursive: true, force: true });
});

const at = (name: string) => path.join(stage.folder, name);
const home = (name: string) => at(`.agentvane/${name}`);
const isRoot = process.getuid?.() === 0;
const agentsInData = () =>
  JSON.parse(readFileSync(home("local.json"), "utf8")).agents.map(
    ({ versions }: { versions: { content: { name: string } }[] }) => versions[0]?.content.name,
  );
const leftovers = () => readdirSync(at(".agentvane")).filter((name) => /\.tmp$|lock/.test(name));

describe("several runs at once", () => {
  test("keep each other's agents", async () => {
    const projects = ["one", "two", "three", "four"];
    for (const project of projects) {
      const agents = Object.fromEntries(
        Array.from({ length: 12 }, (_each, nth) => [`${project}-${nth}`, { aliases: ["prod"] }]),
      );
      writeFileSync(
        at(`${project}.yaml`),
        JSON.stringify({ version: 1, project, defaults: { model: "m" }, agents }),
      );
    }
    const ends = await Promise.all(
      projects.map((project) => stage.run(`apply --local --auto-approve -f ${project}.yaml`)),
    );
    for (const { code, err } of ends) expect(code, err).toBe(0);
    expect(new Set(agentsInData()).size).toBe(48);
    for (const project of projects) {
      const { code, out } = await stage.run(`plan --local --detailed-exitcode -f ${project}.yaml`);
      expect(code, out).toBe(0);
    }
    expect(leftovers()).toEqual([]);
  });

  test("of the same project end with one of each agent, as against a server", async () => {
    const ends = await Promise.all([1, 2, 3].map(() => stage.run("apply --local --auto-approve")));
    for (const { code, err } of ends) expect([0, 4], err).toContain(code);
    expect((await stage.run("apply --local --auto-approve")).code).toBe(0);
    expect(agentsInData()).toEqual(["triage"]);
  });

  test("of two servers on one file do so, too", async () => {
    const servers = [1, 2].map(() =>
      startCommand(stage.folder, "emulate --port 0 --data data.json", {}),
    );
    const urls = await Promise.all(
      servers.map(
        (server) =>
          new Promise<string>((resolve) => {
            server.stdout?.on("data", (text: Buffer) => {
              const [url] = /http:\S+\d/.exec(String(text)) ?? [];
              if (url !== undefined) resolve(url);
            });
          }),
      ),
    );
    const call = (nth: number, method: string, where: string, body?: object) =>
      fetch(`${urls[nth % 2]}/v1/${where}`, {
        method,
        headers: { authorization: "Bearer k", "content-type": "application/json" },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    const created = await Promise.all(
      Array.from({ length: 20 }, (_each, nth) =>
        call(nth, "POST", "agents", { model: "m", name: `a${nth}` }),
      ),
    );
    expect(created.map(({ status }) => status)).toEqual(Array(20).fill(200));
    const held = await Promise.all(
      Array.from({ length: 6 }, (_each, nth) =>
        call(nth, "POST", "conversations", { model: "m", inputs: "hello" }),
      ),
    );
    expect(held.map(({ status }) => status)).toEqual(Array(6).fill(200));
    for (const nth of [0, 1]) {
      expect(await (await call(nth, "GET", "agents?page_size=100")).json()).toHaveLength(20);
      expect(await (await call(nth, "GET", "conversations?page_size=100")).json()).toHaveLength(6);
    }
    for (const server of servers) server.kill("SIGTERM");
    await Promise.all(servers.map(untilEnd));
  });
});

describe("a lock", () => {
  beforeEach(() => mkdirSync(at(".agentvane")));
  const lock = () => home("local.json.lock");

  test.each([
    ["of a process that is gone", () => `4194304 ${hostname()} x`, 0],
    ["that is old, of another machine", () => "1 elsewhere x", 60],
    ["that is old and empty", () => "", 60],
  ])("%s is taken over", async (_name, content, ageSeconds) => {
    writeFileSync(lock(), content());
    const then = Date.now() / 1000 - ageSeconds;
    utimesSync(lock(), then, then);
    const { code, err } = await stage.run("apply --local --auto-approve");
    expect(code, err).toBe(0);
    expect(leftovers()).toEqual([]);
  });

  test("of a run that is at work is waited for, which is told", async () => {
    writeFileSync(lock(), `${process.pid} ${hostname()} x`);
    const child = startCommand(stage.folder, "apply --local --auto-approve", {});
    const ended = untilEnd(child);
    await new Promise<void>((resolve) => {
      child.stderr?.on("data", (text: Buffer) => {
        if (String(text).includes("waiting for another run")) resolve();
      });
    });
    rmSync(lock());
    expect((await ended).code).toBe(0);
  });

  test.each([
    ["a folder", () => mkdirSync(lock())],
    ["a pipe", () => void execFileSync("sh", ["-c", 'mkfifo "$0"', lock()])],
    ["a link", () => symlinkSync("/dev/zero", lock())],
    ["a link to nothing", () => symlinkSync("/nowhere", lock())],
  ])("that is %s is no lock: it is told at once, and stays", async (_name, make) => {
    make();
    const { code, err } = await stage.run("apply --local --auto-approve --settle 100ms");
    expect(err).toContain("local.json.lock is not a regular file; delete it");
    expect(code).toBe(5);
    expect(lstatSync(lock()).isFile()).toBe(false);
    expect(existsSync(home("local.json"))).toBe(false);
  });

  test("is not in the way of who only reads", async () => {
    writeFileSync(lock(), `${process.pid} ${hostname()} x`);
    expect((await stage.run("plan --local")).code).toBe(0);
    expect(existsSync(lock())).toBe(true);
  });
});

describe("nothing is read or written through a link", () => {
  test.each([
    ["the folder", () => symlinkSync(outside, at(".agentvane"))],
    [
      "the data",
      () => {
        mkdirSync(at(".agentvane"));
        writeFileSync(path.join(outside, "x"), "{}");
        symlinkSync(path.join(outside, "x"), home("local.json"));
      },
    ],
    [
      "data that lead nowhere",
      () => {
        mkdirSync(at(".agentvane"));
        symlinkSync(path.join(outside, "nowhere"), home("local.json"));
      },
    ],
  ])("%s: 1", async (_name, link) => {
    link();
    const before = readdirSync(outside).map((name) =>
      readFileSync(path.join(outside, name), "utf8"),
    );
    for (const command of ["plan --local", "apply --local --auto-approve"]) {
      const { code, err } = await stage.run(command);
      expect(code).toBe(1);
      expect(err).toMatch(/error\[machine_error\].*it is a symbolic link|it is not a regular file/);
    }
    expect(
      readdirSync(outside).map((name) => readFileSync(path.join(outside, name), "utf8")),
    ).toEqual(before);
  });

  test("the .gitignore", async () => {
    mkdirSync(at(".agentvane"));
    writeFileSync(path.join(outside, "profile"), "precious");
    symlinkSync(path.join(outside, "profile"), home(".gitignore"));
    expect((await stage.run("apply --local --auto-approve")).code).toBe(0);
    expect(readFileSync(path.join(outside, "profile"), "utf8")).toBe("precious");
    expect(lstatSync(home(".gitignore")).isSymbolicLink()).toBe(true);
  });
});

describe("a folder that cannot be used is told, not a mistake of ours: 1", () => {
  test("because it is a file", async () => {
    writeFileSync(at(".agentvane"), "x");
    const { code, err } = await stage.run("plan --local");
    expect(code).toBe(1);
    expect(err).toContain("it is not a folder");
  });

  test("because it, or the project, is read-only", async () => {
    const asNobody = () =>
      untilEnd(startCommand(stage.folder, "plan --local", {}, isRoot ? { uid: 65_534 } : {}));
    chmodSync(stage.folder, 0o555);
    const first = await asNobody();
    chmodSync(stage.folder, 0o755);
    mkdirSync(at(".agentvane"), { mode: 0o555 });
    const second = await asNobody();
    for (const { code, err } of [first, second]) {
      expect(code).toBe(1);
      expect(err).toMatch(/error\[machine_error\].*you have no permission/);
    }
  });

  test("because the data is damaged, or a folder", async () => {
    mkdirSync(home("local.json"), { recursive: true });
    expect((await stage.run("plan --local")).code).toBe(1);
    rmSync(home("local.json"), { recursive: true });
    writeFileSync(home("local.json"), "{");
    const { code, err } = await stage.run("plan --local");
    expect(code).toBe(1);
    expect(err).toContain("Delete the file to start with an empty emulator");
  });
});

test("a run that is killed leaves data that the next one can use", async () => {
  for (const most of [1, 2, 3, 4]) {
    const child = startCommand(stage.folder, "apply --local --auto-approve", {});
    const ended = untilEnd(child);
    let heard = 0;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", () => {
        heard += 1;
        if (heard === most) child.kill("SIGKILL");
      });
    }
    await ended;
  }
  const { code, err } = await stage.run("apply --local --auto-approve");
  expect(code, err).toBe(0);
  expect(agentsInData()).toEqual(["triage"]);
  expect(statSync(home("local.json")).mode & 0o777).toBe(0o600);
});
