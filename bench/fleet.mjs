// Configurations that are measured.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * A fleet with prompts of about 600 bytes, or as many sentences as asked for, each with an alias; `edition` changes every prompt by a
 * word.
 */
export function writeFleet(folder, size, edition, sentences = 20) {
  const prompt = (at) =>
    `You are agent ${at}, edition ${edition}. ${"Answer what you are asked. ".repeat(sentences)}`;
  const numbers = Array.from({ length: size }, (_, at) => at);
  const agents = numbers.map(
    (at) =>
      `  agent-${at}:\n    name: Agent ${at}\n    instructions: ${JSON.stringify(prompt(at))}\n`,
  );
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    path.join(folder, "agents.yaml"),
    `version: 1\nproject: bench\ndefaults: { model: m, aliases: [prod] }\nagents:\n${agents.join("")}`,
  );
  const fleet = numbers.map((at) => ({
    model: "m",
    name: `Agent ${at}`,
    instructions: prompt(at),
  }));
  writeFileSync(path.join(folder, "fleet.json"), JSON.stringify(fleet));
  return folder;
}

/** The same folder as a checkout in which everything is committed. */
export function asCheckout(folder) {
  const git = (...args) => execFileSync("git", args, { cwd: folder, stdio: "ignore" });
  git("init");
  git("add", ".");
  git(
    "-c",
    "user.name=bench",
    "-c",
    "user.email=bench@localhost",
    "commit",
    "--allow-empty",
    "-m",
    "fleet",
  );
  return folder;
}
