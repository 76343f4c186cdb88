import { cpSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { acme, type Stage, setStage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const team = acme({
  triage: { name: "Support triage", handoffs: ["billing", { id: "ag_0199" }] },
  billing: { handoffs: ["triage"] },
});

test("graph draws the handoffs, asks no server and needs no key", async () => {
  stage.write(team);
  const { code, out, err } = await stage.run("graph", { MISTRAL_API_KEY: "" });
  expect(out).toMatchInlineSnapshot(`
    "flowchart LR
      n1(["triage<br/>Support triage"])
      n0["billing"]
      n2{{"ag_0199"}}
      n0 --> n1
      n1 --> n0
      n1 --> n2
    "
  `);
  expect([code, err]).toEqual([0, ""]);
  expect(stage.emulator.requests).toEqual([]);
});

test.each([
  ["dot", /^digraph handoffs \{\n[\s\S]*n1 -> n0;\n[\s\S]*\}\n$/],
  ["svg", /^<svg [\s\S]*>Support triage<[\s\S]*<\/svg>\n$/],
])("graph --format %s gives the same bytes each time", async (format, shape) => {
  stage.write(team);
  const { code, out } = await stage.run(`graph --format ${format}`);
  expect(code).toBe(0);
  expect(out).toMatch(shape);
  expect((await stage.run(`graph --format ${format}`)).out).toBe(out);
});

test("a project without agents is an empty graph, not an error", async () => {
  stage.write(acme({}));
  expect((await stage.run("graph")).out).toBe("flowchart LR\n");
  expect((await stage.run("graph --format svg")).code).toBe(0);
});

test("a file that cannot be used is exit 3, an unknown format exit 64, and stdout stays empty", async () => {
  stage.write(acme({ triage: { handoffs: ["bling"] } }));
  expect(await stage.run("graph")).toMatchObject({ code: 3, out: "" });
  stage.write(team);
  const { code, out, err } = await stage.run("graph --format png");
  expect([code, out]).toEqual([64, ""]);
  expect(err).toContain("mermaid, dot, svg");
});

test("docs/graph.md shows what the command prints", async () => {
  const root = path.join(import.meta.dirname, "..", "..");
  for (const part of ["agents.yaml", "prompts", "tools"]) {
    cpSync(path.join(root, part), path.join(stage.folder, part), { recursive: true });
  }
  const secrets = { CRM_TOKEN: "token-of-the-test" };
  const page = readFileSync(path.join(root, "docs", "graph.md"), "utf8");
  expect(page).toContain(`\`\`\`mermaid output\n${(await stage.run("graph", secrets)).out}\`\`\``);
  const image = readFileSync(path.join(root, "docs", "images", "handoffs.svg"), "utf8");
  expect((await stage.run("graph --format svg", secrets)).out).toBe(image);
});
