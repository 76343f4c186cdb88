// The main job from beginning to end on the built-in emulator, with the agents.yaml of this repository.
// Works in a copy, so that the checkout stays as it is.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), "agentvane-demo-"));
for (const name of ["agents.yaml", "prompts", "tools"]) {
  cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
}
const prompt = path.join(folder, "prompts", "triage.md");
const env = { ...process.env, CRM_TOKEN: "token-of-the-demo" };

try {
  step("Nothing is there yet: the plan creates five agents.", "plan", "--local");
  step(
    "Apply builds and verifies all of them, then points prod at them.",
    "apply",
    "--local",
    "--auto-approve",
  );
  step("Planning again finds nothing to do.", "plan", "--local", "--detailed-exitcode");
  edit(prompt, "Ask at most one question", "Ask at most two questions");
  step("Somebody edits a prompt; the plan shows the words.", "plan", "--local");
  step(
    "Apply writes one new version of that agent and moves its prod.",
    "apply",
    "--local",
    "--auto-approve",
  );
  step("What is there now:", "show", "--local");
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function step(title, ...args) {
  console.log(`\n# ${title}\n$ agentvane ${args.join(" ")}`);
  const { status } = spawnSync(
    process.execPath,
    [path.join(root, "dist", "agentvane.cjs"), ...args],
    {
      cwd: folder,
      env,
      stdio: "inherit",
    },
  );
  if (status !== 0) throw new Error(`agentvane ${args.join(" ")} ended with exit code ${status}`);
}

function edit(file, before, after) {
  const text = readFileSync(file, "utf8");
  if (!text.includes(before)) throw new Error(`${file} has no "${before}"`);
  writeFileSync(file, text.replace(before, after));
}
