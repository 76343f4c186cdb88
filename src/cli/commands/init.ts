import { lstatSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { scalarText } from "../../config/flow-yaml.ts";
import type { Session } from "../session.ts";
import { schemaText } from "./schema.ts";

/**
 * `agentvane init`: writes a small configuration that can be planned at once, and its schema. Never overwrites a file.
 */
export async function run({ invocation, emit }: Session): Promise<void> {
  const file = invocation.value("file") ?? "agents.yaml";
  const folder = path.dirname(path.resolve(file));
  const prompt = path.join(folder, "prompts", "assistant.md");
  // A dangling link counts as an existing file.
  const taken = [path.resolve(file), prompt].filter(
    (each) => lstatSync(each, { throwIfNoEntry: false }) !== undefined,
  );
  for (const each of taken) emit({ kind: "file_exists", path: shown(each) });
  if (taken.length > 0) return;
  mkdirSync(path.dirname(prompt), { recursive: true });
  writeNew(path.resolve(file), starter(slug(path.basename(folder))));
  writeNew(prompt, starterPrompt);
  emit({ kind: "file_written", path: shown(path.resolve(file)) });
  emit({ kind: "file_written", path: shown(prompt) });
  const schema = path.join(folder, "agents.schema.json");
  if (lstatSync(schema, { throwIfNoEntry: false }) === undefined) {
    writeNew(schema, schemaText("agents"));
    emit({ kind: "file_written", path: shown(schema) });
  }
  emit({ kind: "started", file: shown(path.resolve(file)) });
}

function writeNew(file: string, text: string): void {
  writeFileSync(file, text, { flag: "wx" });
}

function shown(file: string): string {
  return path.relative(process.cwd(), file);
}

/** A project name made from a folder's name. */
function slug(name: string): string {
  const letters = name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return letters.replace(/^-+/, "").slice(0, 64).replace(/-+$/, "") || "my-agents";
}

function starter(project: string): string {
  return `# yaml-language-server: $schema=./agents.schema.json
version: 1
project: ${scalarText(project, "yaml")}

defaults:
  model: mistral-medium-latest

agents:
  assistant:
    name: Assistant
    description: Answers questions about our product.
    instructions: { file: prompts/assistant.md }
    completion_args: { temperature: 0.3 }
    aliases: [prod] # moved to each new version once it is verified
`;
}

const starterPrompt = `You answer questions about our product.

- Answer in at most three sentences.
- When you do not know, say so and offer to pass the question on.
`;
