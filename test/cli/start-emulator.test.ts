import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { type StartOptions, startEmulator } from "../../src/cli/start-emulator.ts";

const folder = mkdtempSync(path.join(tmpdir(), "agentvane-emulator-"));
const broken = path.join(folder, "broken.json");
writeFileSync(broken, "{");

/** What a caller from JavaScript may get wrong, and a piece of the sentence about it. */
const slips: readonly (readonly [options: object, says: string])[] = [
  [{ prot: 1 }, "the option prot: is unknown. The options are: port, data"],
  [{ constructor: 1 }, "the option constructor: is unknown"],
  [{ port: "8787" }, "the option port: must be a whole number"],
  [{ port: 70_000 }, "the option port: must be a whole number"],
  [{ data: "" }, "the option data: must be the path of a file"],
  [{ switches: { patch_basis: "newest" } }, "Did you mean patch_base?"],
  [{ switches: { patch_base: "oldest" } }, "default, newest"],
  [{ switches: null }, "the option switches:"],
  [{ faults: [{ effect: "explode" }] }, "lose_answer"],
  [{ faults: { status: 503 } }, "the option faults:"],
  [{ conversations: [{ say: "x", reply: "y" }] }, 'unknown member "say"'],
  [{ conversations: "hello" }, "list of rules"],
  [{ data: broken }, broken],
];

test.each(slips)("startEmulator(%j) says what is wrong", async (options, says) => {
  await expect(startEmulator(options as StartOptions)).rejects.toThrow(says);
});

test("two cannot have one port, and a closed one gives it back", async () => {
  const first = await startEmulator();
  const port = Number(new URL(first.url).port);
  await expect(startEmulator({ port })).rejects.toThrow(`Port ${port} of 127.0.0.1 is in use.`);
  await first.close();
  const second = await startEmulator({ port });
  expect(second.url).toBe(first.url);
  await second.close();
});

test("a data file keeps the agents for the next one", async () => {
  const data = path.join(folder, "agents.json");
  const headers = { authorization: "Bearer any", "content-type": "application/json" };
  const body = JSON.stringify({ name: "triage", model: "mistral-small-latest" });
  const first = await startEmulator({ data });
  await fetch(`${first.url}/v1/agents`, { method: "POST", headers, body });
  await first.close();
  const second = await startEmulator({ data });
  const agents = await (await fetch(`${second.url}/v1/agents`, { headers })).json();
  expect(agents).toMatchObject([{ name: "triage" }]);
  await second.close();
});
