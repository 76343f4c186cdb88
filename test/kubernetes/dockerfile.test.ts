import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { validate } from "dockerfile-utils";
import { expect, test } from "vitest";

const root = path.join(import.meta.dirname, "..", "..");
const read = (name: string) => readFileSync(path.join(root, name), "utf8");
const text = read("Dockerfile");
const { bin } = JSON.parse(read("package.json"));

/** The instructions of the last stage, without comments, a line each. */
const last = (text.split(/^FROM /m).at(-1) ?? "")
  .replaceAll(/^#.*\n/gm, "")
  .replaceAll(/\\\n/g, " ")
  .split("\n");

test("the Dockerfile is one, and the checker finds mistakes", () => {
  expect(validate(text).map(({ message }) => message)).toEqual([]);
  expect(validate(text.replace("WORKDIR", "WORKDRI"))).not.toEqual([]);
});

test("it runs as nobody, with git, and starts what the package calls agentvane", () => {
  expect(last).toContain("USER 65532:65532");
  expect(last.find((line) => line.includes("apk add"))).toMatch(/--no-cache .*\bgit\b/);
  expect(text).toContain(`/opt/agentvane/${bin.agentvane} /usr/local/bin/agentvane`);
  const entry = last.find((line) => line.startsWith("ENTRYPOINT "))?.slice("ENTRYPOINT ".length);
  expect(JSON.parse(entry ?? "")).toEqual(["/sbin/tini", "--", "agentvane"]);
  // After USER nothing may need more rights.
  expect(last.slice(last.indexOf("USER 65532:65532")).join("\n")).not.toContain("RUN");
});

test("it says what it is", () => {
  for (const name of ["title", "description", "source", "licenses"]) {
    expect(last.join(" ")).toMatch(new RegExp(`org\\.opencontainers\\.image\\.${name}="[^"]+"`));
  }
});

test("what it copies is there, and secrets and local data stay out", () => {
  const copied = [...text.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, files = ""]) =>
    files.split(" "),
  );
  expect(copied).toContain("package-lock.json");
  const ignored = read(".dockerignore").split("\n").filter(Boolean);
  for (const file of copied) {
    expect(existsSync(path.join(root, file)), file).toBe(true);
    expect(ignored).not.toContain(file);
  }
  expect(ignored).toEqual(expect.arrayContaining([".git", "**/node_modules", "**/.agentvane"]));
});
