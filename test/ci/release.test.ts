import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { missing, notesOf } from "../../scripts/release.mjs";
import { acme, setStage } from "../scenarios/stage.ts";

const root = path.join(import.meta.dirname, "..", "..");
const read = (name: string) => readFileSync(path.join(root, name), "utf8");

const changelog = `# Changelog

## Unreleased

## 0.2.0 - 2026-12-24

### Added

- Something.

## 0.1.0 - 2026-12-01

- The first.
`;
const ready = { version: "0.2.0", changelog, readme: "npm install", tags: ["v0.1.0", ""] };

describe("a release", () => {
  test("is ready when nothing is missing, and its notes are its section", () => {
    expect(missing(ready)).toEqual([]);
    expect(notesOf(changelog, "0.2.0")).toBe("### Added\n\n- Something.");
    expect(notesOf(changelog, "0.1.0")).toBe("- The first.");
  });

  test.each([
    [{ version: "0.3.0" }, "no section"],
    [{ version: "0x2.0" }, "is not a version"],
    [{ tags: ["v0.2.0"] }, "is there already"],
    [{ changelog: changelog.replace("Unreleased\n", "Unreleased\n\n- New.\n") }, "Unreleased"],
    [{ changelog: changelog.replace(" - 2026-12-24", "") }, "no section"],
    [{ changelog: changelog.replace("### Added\n\n- Something.\n", "") }, "no section"],
    [{ readme: "It is **not on the npm registry yet**." }, "isPublished"],
  ])("is refused if %j", (change, says) => {
    expect(missing({ ...ready, ...change }).join("\n")).toContain(says);
  });

  test("is not ready: the package is not published, and the changelog says so", () => {
    const state = { version: "0.1.0", changelog: read("CHANGELOG.md"), readme: read("README.md") };
    const names = [...state.changelog.matchAll(/^## (.*)$/gm)].map(([, name = ""]) => name);
    for (const name of names)
      expect(name).toMatch(/^(Unreleased|\d+\.\d+\.\d+ - \d{4}-\d\d-\d\d)$/);
    expect(names[0]).toBe("Unreleased");
    expect(missing({ ...state, tags: [] }).length > 0).toBe(names.length === 1);
  });
});

test("the hook for pre-commit validates the project", async () => {
  const [hook] = parse(read(".pre-commit-hooks.yaml"));
  expect(hook).toMatchObject({ id: "agentvane-validate", pass_filenames: false, language: "node" });
  const args = hook.entry.replace(/^agentvane /, "");
  const stage = await setStage();
  stage.write(acme({ triage: {} }));
  expect((await stage.run(args)).code).toBe(0);
  stage.write(acme({ triage: { modle: "x" } }));
  expect((await stage.run(args)).code).toBe(3);
  await stage.close();
  expect(read("docs/ci.md")).toContain(`- id: ${hook.id}`);
  for (const name of ["agents.yaml", "agents/triage.md", "tools/lookup.json"]) {
    expect(name).toMatch(new RegExp(hook.files));
  }
});

test("Dependabot ignores exactly the packages that need a newer Node", () => {
  const { updates } = parse(read(".github/dependabot.yml"));
  const ignored = updates[0].ignore.map((each: { "dependency-name": string }) => {
    return each["dependency-name"];
  });
  const { devDependencies } = JSON.parse(read("package.json"));
  for (const name of ignored) expect(devDependencies).toHaveProperty([name]);
});
