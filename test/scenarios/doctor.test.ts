import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { acme, type Stage, setStage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
  stage.write(acme({ triage: { aliases: ["prod"] } }));
});
afterEach(() => stage.close());

/** What doctor finds, as `status check`, and its exit code. */
async function findings(args = "", env: Readonly<Record<string, string>> = {}) {
  const { code, out, err } = await stage.run(`doctor --format json${args}`, env);
  expect(err).toBe("");
  const document: Diagnosis = JSON.parse(out);
  const found = document.findings.map(({ status, check }) => `${status} ${check}`);
  return { code, found, document, out };
}

type Diagnosis = {
  readonly findings: readonly {
    readonly check: string;
    readonly status: string;
    readonly message: string;
    readonly details: Readonly<Record<string, unknown>>;
  }[];
};

function git(...args: readonly string[]): string {
  const identity = ["-c", "user.name=n", "-c", "user.email=e@example.com"];
  return execFileSync("git", [...identity, ...args], { cwd: stage.folder, encoding: "utf8" });
}

/** A server that answers every request alike. */
async function answering(
  answer: (url: string) => {
    readonly status: number;
    readonly body?: unknown;
    readonly date?: Date;
  },
): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    const { status, body = {}, date } = answer(request.url ?? "");
    response.sendDate = false;
    if (date !== undefined) response.setHeader("date", date.toUTCString());
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

test("a project that is well: everything is looked at, nothing is in the way, only GET is sent", async () => {
  git("init", "-q");
  git("add", ".");
  git("commit", "-qm", "first");
  await stage.run("apply --auto-approve");
  stage.takeWrites();
  const { code, found } = await findings();
  expect(code).toBe(0);
  expect(found).toEqual([
    "ok tool",
    "ok config_valid",
    "ok checkout_whole",
    "ok local_data_safe",
    "ok key_set",
    "ok proxy_none",
    "ok server_fit",
    "ok clock_right",
    "ok agents_listed",
    "ok workspace_known",
    "ok aliases_listed",
    "ok models_listed",
  ]);
  expect(stage.takeWrites()).toEqual([]);
  const { out } = await stage.run("doctor");
  expect(out).toContain("agents can be listed: 1, 1 of this project");
  expect(out).toMatch(/\nNo failures\.\n$/);
});

test("without an account, everything that --local needs", async () => {
  const { code, found } = await findings(" --local", { MISTRAL_API_KEY: "" });
  expect(code).toBe(0);
  expect(found).toContain("ok key_unneeded");
  expect(found).toContain("ok server_fit");
});

describe("rules end with 3", () => {
  test("no key: the server is not asked", async () => {
    const { code, found } = await findings("", { MISTRAL_API_KEY: " " });
    expect(code).toBe(3);
    expect(found).toContain("failure key_missing");
    expect(stage.emulator.requests).toEqual([]);
  });

  test("a file that cannot be used: the server is asked all the same", async () => {
    stage.write("version: 1\nproject: acme\nagents: { triage: { modle: x } }\n");
    const { code, found, document } = await findings();
    expect(code).toBe(3);
    expect(found).toContain("failure config_unusable");
    expect(found).toContain("ok server_fit");
    expect(document.findings.find(({ check }) => check === "config_unusable")?.message).toContain(
      "agents.yaml:3:19",
    );
  });

  test("no file", async () => {
    const { code, found } = await findings(" -f other.yaml");
    expect(code).toBe(3);
    expect(found).toContain("failure config_missing");
    const { out } = await stage.run("doctor -f other.yaml");
    expect(out).toContain("other.yaml does not exist");
    expect(out).toContain("agentvane init");
  });

  test("an environment that nobody chose: its key is not guessed", async () => {
    stage.write(
      "version: 1\nproject: acme\nenvironments: { live: { api_key_env: LIVE_KEY } }\nagents: { triage: { model: m } }\n",
    );
    const unchosen = await findings();
    expect(unchosen.code).toBe(3);
    expect(unchosen.found).toContain("warning key_unknown");
    expect(stage.emulator.requests).toEqual([]);
    const missing = await findings(" --env live");
    expect(missing.found).toContain("failure key_missing");
    const chosen = await findings(" --env live", { LIVE_KEY: "key-of-the-test" });
    expect(chosen.code).toBe(0);
  });
});

describe("trouble with the server ends with 1", () => {
  test.each([
    ["a key that is not taken", 401, "failure key_refused"],
    ["a key that may not", 403, "failure agents_unlisted"],
    ["something else", 422, "failure agents_unlisted"],
  ])("%s", async (_name, status, expected) => {
    const { server, url } = await answering(() => ({
      status,
      body: { detail: "no" },
      date: new Date(),
    }));
    const { code, found } = await findings("", { AGENTVANE_SERVER_URL: url });
    server.close();
    expect(code).toBe(1);
    expect(found.slice(-2)).toEqual([expected, "ok clock_right"]);
  });

  test("a key that no header can hold, which is not shown", async () => {
    const { code, found, out } = await findings("", { MISTRAL_API_KEY: "se cret\u00e9" });
    expect(code).toBe(1);
    expect(found.at(-1)).toBe("failure key_refused");
    expect(out).not.toContain("cret\u00e9");
  });

  test("nobody there", async () => {
    const { server, url } = await answering(() => ({ status: 200 }));
    await new Promise((resolve) => server.close(resolve));
    const { code, found } = await findings("", { AGENTVANE_SERVER_URL: url });
    expect(code).toBe(1);
    expect(found.at(-1)).toBe("failure server_unreached");
  });

  test("aliases that may not be listed", async () => {
    await stage.run("apply --auto-approve");
    stage.emulator.faults.add({ method: "GET", path: "/aliases", status: 403, times: null });
    const { code, found } = await findings();
    expect(code).toBe(1);
    expect(found).toContain("failure aliases_unlisted");
    expect(found).toContain("ok models_listed");
  });

  test("models that may not be listed are a warning alone", async () => {
    stage.emulator.faults.add({ method: "GET", path: "/models", status: 403, times: null });
    const { code, found } = await findings();
    expect(code).toBe(0);
    expect(found).toContain("warning models_unlisted");
  });
});

describe("what is remarkable", () => {
  test("a server without pages, and one without agents", async () => {
    await stage.close();
    stage = await setStage({ pages_endpoint: "missing" });
    stage.write(acme({ triage: {} }));
    const { code, found, document } = await findings();
    expect(code).toBe(0);
    expect(found).toContain("ok aliases_unasked");
    expect(document.findings.find(({ check }) => check === "server_fit")?.details).toMatchObject({
      listing: "numbers",
    });
  });

  test("a clock that is off, and a server that tells no time", async () => {
    const past = new Date(Date.now() - 3 * 3_600_000);
    const body = { data: [], next_page_token: null };
    const off = await answering(() => ({ status: 200, body, date: past }));
    const { code, document } = await findings("", { AGENTVANE_SERVER_URL: off.url });
    off.server.close();
    expect(code).toBe(0);
    const clock = document.findings.find(({ check }) => check === "clock_off");
    expect(clock?.message).toBe("this machine's clock is 3 hours ahead of the server's");
    const untold = await answering(() => ({ status: 200, body }));
    const other = await findings("", { AGENTVANE_SERVER_URL: untold.url });
    untold.server.close();
    expect(other.found).toContain("ok clock_untold");
  });

  test("a proxy, by its host alone", async () => {
    const { code, found, document, out } = await findings("", {
      AGENTVANE_SERVER_URL: "https://agents.invalid",
      HTTPS_PROXY: "http://user:pass-word@127.0.0.1:9",
    });
    expect(code).toBe(1);
    expect(found).toContain("ok proxy_used");
    expect(document.findings.find(({ check }) => check === "proxy_used")?.message).toContain(
      "HTTPS_PROXY: 127.0.0.1:9",
    );
    expect(out).not.toContain("pass-word");
    const excepted = await findings("", { http_proxy: "p:1" });
    expect(excepted.found).toContain("ok proxy_excepted");
  });

  test("a shallow clone, no clone, and data of --local that git would take", async () => {
    expect((await findings()).found).toContain("warning checkout_none");
    git("init", "-q", "-b", "main");
    mkdirSync(path.join(stage.folder, ".agentvane"));
    writeFileSync(path.join(stage.folder, ".agentvane", "local.json"), "{}");
    git("add", "agents.yaml");
    git("commit", "-qm", "first");
    git("commit", "-qm", "second", "--allow-empty");
    expect((await findings()).found).toContain("warning local_data_exposed");
    writeFileSync(path.join(stage.folder, ".gitignore"), ".agentvane/\n");
    expect((await findings()).found).toContain("ok local_data_safe");
    git("clone", "-q", "--depth", "1", `file://${stage.folder}`, "clone");
    expect((await findings(" -f clone/agents.yaml")).found).toContain("warning checkout_shallow");
  });
});

test("a doctor that is interrupted says so instead of blaming the server", async () => {
  stage.emulator.faults.add({ method: "GET", effect: "hang", times: null });
  stage.emulator.onRequest(() => stage.signal("SIGINT"));
  const { code, out } = await stage.run("doctor");
  expect(code).toBe(130);
  expect(out).not.toContain("failure");
});
