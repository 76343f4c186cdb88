import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { acme, type Stage, setStage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

describe("before anything is written", () => {
  test("no key: 3, and the variable is named", async () => {
    stage.write(acme({ triage: {} }));
    const result = await stage.run("plan", { MISTRAL_API_KEY: "" });
    expect(result.code).toBe(3);
    expect(result.err).toContain("MISTRAL_API_KEY");
  });

  test("a key that is refused: 1, and the key is not shown", async () => {
    stage.write(acme({ triage: {} }));
    stage.emulator.faults.add({
      status: 401,
      times: null,
      body: { detail: "Invalid API Key: key-of-the-test" },
    });
    const result = await stage.run("plan --debug");
    expect(result.code).toBe(1);
    expect(result.err).toContain("Invalid API Key: ***");
    expect(result.out + result.err).not.toContain("key-of-the-test");
  });

  test("nobody listens: 1, with the reason", async () => {
    stage.write(acme({ triage: {} }));
    const result = await stage.run("plan", { AGENTVANE_SERVER_URL: "http://127.0.0.1:9" });
    expect(result.code).toBe(1);
    expect(result.err).toContain("ECONNREFUSED");
  });

  test("behind a proxy: the server is reached through it, or the reason is said", async () => {
    const asked: string[] = [];
    const proxy = createServer();
    proxy.on("connect", (request, socket) => {
      asked.push(request.url ?? "");
      socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const address = proxy.address();
    const port = typeof address === "object" ? address?.port : 0;
    stage.write(acme({ triage: {} }));
    const result = await stage.run("plan", {
      AGENTVANE_SERVER_URL: "https://agents.example.test",
      HTTPS_PROXY: `http://127.0.0.1:${port}`,
    });
    proxy.close();
    expect(result.code, result.err).toBe(1);
    expect(asked).toContain("agents.example.test:443");
    expect(result.err).not.toContain("bug in agentvane");
  });

  test("plain http elsewhere, unknown flags, unknown formats: 64", async () => {
    stage.write(acme({ triage: {} }));
    for (const args of [
      "plan --server-url http://example.com",
      "plan --prun",
      "plan --format yaml",
      "plan --timeout 5",
      "fly",
    ]) {
      const result = await stage.run(args);
      expect(result.code, args).toBe(64);
      expect(result.out, args).toBe("");
      expect(result.err.split("\n").length, args).toBeLessThan(4);
    }
  });

  test("JSON was asked for: failures are JSON too, one document, nothing else on stdout", async () => {
    stage.write("version: 1\nagents: 5\n");
    for (const [args, code, env] of [
      ["plan --format json --prun", 64, {}],
      ["plan --format json", 3, {}],
      ["plan --format=json --timeout 5", 64, {}],
    ] as const) {
      const result = await stage.run(args, env);
      expect(result.code, args).toBe(code);
      expect(JSON.parse(result.out), args).toMatchObject({ errored: true, format_version: "1.0" });
    }
  });

  test("no terminal and no flag: 64, and how to go on", async () => {
    stage.write(acme({ triage: {} }));
    const result = await stage.run("apply");
    expect(result.code).toBe(64);
    expect(result.err).toContain("--auto-approve");
    expect(stage.takeWrites()).toEqual([]);
  });

  test("an invalid file: 3, all problems, each with its place", async () => {
    stage.write(
      "version: 1\nproject: acme\nagents:\n  triage:\n    modle: m\n    completion_args: { temperature: 7 }\n",
    );
    const result = await stage.run("validate");
    expect(result.code).toBe(3);
    expect(result.err).toContain("agents.yaml:5:5");
    expect(result.err).toContain("model");
    expect(result.err).toContain("agents.yaml:6:37");
  });

  test("init writes a configuration that plans, and never over a file", async () => {
    expect((await stage.run("init")).code).toBe(0);
    expect((await stage.run("plan")).code).toBe(0);
    const before = readFileSync(path.join(stage.folder, "agents.yaml"), "utf8");
    expect((await stage.run("init")).code).toBe(3);
    expect(readFileSync(path.join(stage.folder, "agents.yaml"), "utf8")).toBe(before);
  });
});
