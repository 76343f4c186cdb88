import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PageData } from "../../src/report/html/data.ts";
import { acme, type Stage, setStage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const team = (question: string) =>
  acme({
    triage: {
      instructions: `Ask ${question}.\nBe kind.`,
      handoffs: ["billing"],
      aliases: ["prod"],
    },
    billing: { handoffs: ["triage"], aliases: ["prod"] },
  });

/** What is in a page; fails when it is not one whole page. */
function dataOf(page: string): PageData {
  expect(page).toMatch(/^<!doctype html>\n[\s\S]*<\/html>\n$/);
  return JSON.parse(/id="page-data">(.*)<\/script>/.exec(page)?.[1] ?? "");
}

function hash(text: string | undefined): string {
  return `sha256-${createHash("sha256")
    .update(text ?? "")
    .digest("base64")}`;
}

test("plan --format html is one page: the same bytes for the same plan, and its own script alone may run", async () => {
  stage.write(team("once"));
  const first = await stage.run("plan --format html --detailed-exitcode");
  expect(first).toMatchObject({ code: 2, err: "" });
  expect((await stage.run("plan --format html")).out).toBe(first.out);
  expect(dataOf(first.out)).toMatchObject({
    command: "plan",
    agents: [
      { key: "billing", action: "create" },
      { key: "triage", action: "create" },
    ],
  });
  const policy = /script-src '([^']*)'; style-src '([^']*)'/.exec(first.out);
  expect(policy?.[1]).toBe(hash(/<script>([\s\S]*?)<\/script>\n<\/body>/.exec(first.out)?.[1]));
  expect(policy?.[2]).toBe(hash(/<style>([\s\S]*?)<\/style>/.exec(first.out)?.[1]));
  const json = /id="document">([\s\S]*?)<\/script>/.exec(first.out)?.[1];
  expect(JSON.parse(json ?? "")).toEqual(JSON.parse((await stage.run("plan --format json")).out));
});

test("apply --format html tells on stderr how it is going, and on stdout what came of it", async () => {
  stage.write(team("once"));
  const { code, out, err } = await stage.run("apply --auto-approve --format html");
  expect(code).toBe(0);
  expect(err).toContain("moved triage prod");
  const data = dataOf(out);
  expect(data).toMatchObject({ command: "apply", verdict: { tone: "good" }, dangers: [] });
  expect(data.agents.find(({ key }) => key === "triage")?.timeline.at(-1)?.pointers).toEqual([
    { name: "default version", move: "arrives" },
    { name: "prod", move: "arrives" },
  ]);
});

test("an apply that is refused has a page as well, and says so on stderr", async () => {
  stage.write(team("once"));
  const { code, out, err } = await stage.run("apply --format html");
  expect(code).toBe(64);
  expect(err).toContain("cannot ask for approval: not running in a terminal");
  expect(dataOf(out)).toMatchObject({ verdict: { tone: "error" }, dangers: [{ title: "Failed" }] });
});

test("drift --format html shows what was written and what stands there now", async () => {
  stage.write(team("once"));
  await stage.run("apply --auto-approve -q");
  const found = stage.emulator.requests.length;
  expect(found).toBeGreaterThan(0);
  const [agent] = JSON.parse((await stage.run("show triage --format json")).out).agents;
  const edited = await fetch(`${stage.url}/v1/agents/${agent.agent.id}`, {
    method: "PATCH",
    headers: { authorization: "Bearer k", "content-type": "application/json" },
    body: JSON.stringify({ instructions: "Ask never.\nBe kind." }),
  });
  expect(edited.status).toBe(200);
  const { code, out } = await stage.run("drift --format html --detailed-exitcode");
  expect(code).toBe(2);
  const data = dataOf(out);
  expect(data.agents.map(({ key, action }) => [key, action])).toEqual([
    ["triage", "drift"],
    ["billing", "no drift"],
  ]);
  expect(JSON.stringify(data.agents[0]?.changes)).toContain("never");
});

describe("what cannot be planned", () => {
  test("a broken file makes a page with every problem", async () => {
    stage.write("version: 1\nproject: acme\nagents:\n  a: { modle: m, tols: [] }\n");
    const { code, out } = await stage.run("plan --format html");
    expect(code).toBe(3);
    const text = JSON.stringify(dataOf(out).dangers);
    expect(text).toContain("modle");
    expect(text).toContain("tols");
  });

  test("commands without a plan have no page", async () => {
    expect((await stage.run("validate --format html")).code).toBe(64);
    expect((await stage.run("show --format html")).code).toBe(64);
  });
});

test("a secret that is a word of the page's script is masked in the data and nowhere else", async () => {
  const config = team("function") as { agents: Record<string, object> };
  const crm = {
    type: "connector",
    connector_id: "crm",
    authorization: { type: "api-key", value: "${{ secrets.WORD }}" },
  };
  stage.write({ ...config, agents: { ...config.agents, crm: { tools: [crm] } } } as never);
  const { code, out, err } = await stage.run("plan --format html", { WORD: "function" });
  expect(code, err).toBe(0);
  expect(out).toContain("Ask ***.");
  const script = /<script>([\s\S]*?)<\/script>\n<\/body>/.exec(out)?.[1];
  expect(script).toContain("function");
  expect(/script-src '([^']*)'/.exec(out)?.[1]).toBe(hash(script));
});

test("no other run loads what a page needs", () => {
  const dist = path.join(import.meta.dirname, "..", "..", "dist");
  const has = (file: string) =>
    readFileSync(path.join(dist, file), "utf8").includes("trusted-types");
  expect(["agentvane", "validate", "plan", "all"].filter((name) => has(`${name}.cjs`))).toEqual([]);
  expect(has("html-report.cjs")).toBe(true);
});
