import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import type { Behaviour } from "../emulator/behaviour.ts";
import { type ConversationScript, parseScript } from "../emulator/conversation-script.ts";
import { createEmulator, type Emulator } from "../emulator/emulator.ts";
import { Unusable } from "./unusable.ts";

/** As a server does, the emulator keeps secrets of tools as they were sent: nobody else may read them. */
const ownerOnly = { mode: 0o600 };

/** The emulator inside this process: no port, no account, its data in a file of the project folder. */
export function openLocalEmulator(folder: string, conversations?: ConversationScript): Emulator {
  const home = path.join(folder, ".agentvane");
  mkdirSync(home, { recursive: true });
  writeFileSync(path.join(home, ".gitignore"), "*\n");
  const file = path.join(home, "local.json");
  return openEmulator({ file, behaviour: {}, ...(conversations && { conversations }) });
}

/** An emulator whose agents live in a file, or in memory alone. */
export function openEmulator(options: {
  readonly file: string | undefined;
  readonly behaviour: Partial<Behaviour>;
  readonly conversations?: ConversationScript;
}): Emulator {
  const { file, behaviour, conversations = [] } = options;
  const saved = file === undefined ? undefined : readSaved(file);
  try {
    return createEmulator({
      behaviour,
      conversations,
      now: () => new Date(),
      randomBytes: (count) => randomBytes(count),
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      ...(saved !== undefined && { saved }),
      ...(file !== undefined && { save: (text: string) => writeFileAtomic(file, text, ownerOnly) }),
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Unusable(`the emulator's data ${file}`, `${reason} Delete the file to start anew.`);
  }
}

function readSaved(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new Unusable(`the emulator's data ${file}`, "it cannot be read");
  }
}

/** The script of conversations in a file. */
export function readScript(file: string): ConversationScript {
  const what = `the script of conversations ${file}`;
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new Unusable(what, "it cannot be read");
  }
  try {
    return parseScript(text);
  } catch (error) {
    throw new Unusable(what, error instanceof Error ? error.message : String(error));
  }
}
