import { randomBytes } from "node:crypto";
import {
  accessSync,
  constants,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import type { Behaviour } from "../emulator/behaviour.ts";
import { type ConversationScript, parseScript } from "../emulator/conversation-script.ts";
import { createEmulator, type Emulator } from "../emulator/emulator.ts";
import { fileFaultText } from "./files/file-fault.ts";
import { openSharedFile, type SharedFile } from "./files/shared-file.ts";
import { isMachineError, MachineError } from "./machine-error.ts";

/** What an emulator is opened with. */
type Opening = {
  readonly behaviour: Partial<Behaviour>;
  readonly conversations?: ConversationScript;
  /** Told once whenever another run keeps this one waiting for long. */
  readonly onWait: (file: string) => void;
};

/**
 * The emulator inside this process: no port, no account, its data in a file of the project folder. Several runs may
 * use it at once, as they may use a server.
 */
export function openLocalEmulator(
  folder: string,
  { onWait, conversations }: Omit<Opening, "behaviour">,
): Emulator {
  const home = path.join(folder, ".agentvane");
  const file = path.join(home, "local.json");
  try {
    openHome(home);
  } catch (error) {
    const reason = isMachineError(error) ? error.message : fileFaultText(error);
    throw new MachineError(`the folder ${home}, where --local keeps its data`, reason);
  }
  // A repository that brings along such a link could have any file read or written over.
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found !== undefined && !found.isFile()) {
    throw new MachineError(
      dataIn(file),
      "it is a link, or no regular file. Delete it to start anew.",
    );
  }
  return openEmulator(file, { onWait, behaviour: {}, ...(conversations && { conversations }) });
}

/** An emulator whose agents live in a file, or in memory alone. */
export function openEmulator(file: string | undefined, opening: Opening): Emulator {
  const { behaviour, conversations = [], onWait } = opening;
  const data = file === undefined ? undefined : openSharedFile(file, () => onWait(file));
  const saved = data === undefined ? undefined : readSaved(data, file ?? "");
  try {
    return createEmulator({
      behaviour,
      conversations,
      now: () => new Date(),
      randomBytes: (count) => randomBytes(count),
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      ...(saved !== undefined && { saved }),
      ...(data !== undefined && { save: data.write, shared: data.shared }),
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MachineError(dataIn(file ?? ""), `${reason} Delete the file to start anew.`);
  }
}

/** Makes the folder for the data if it is not there, and proves that it can be written; never through a link. */
function openHome(home: string): void {
  const found = lstatSync(home, { throwIfNoEntry: false });
  if (found?.isSymbolicLink()) throw new MachineError(home, "it is a link");
  if (found !== undefined && !found.isDirectory())
    throw new MachineError(home, "it is not a folder");
  mkdirSync(home, { recursive: true });
  accessSync(home, constants.W_OK);
  try {
    // Exclusive: what is there, a link too, is not written over.
    writeFileSync(path.join(home, ".gitignore"), "*\n", { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

function readSaved(data: SharedFile, file: string): string | undefined {
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found !== undefined && !found.isFile())
      throw new MachineError(file, "it is no regular file");
    return data.read();
  } catch (error) {
    const reason = isMachineError(error) ? error.message : fileFaultText(error);
    throw new MachineError(dataIn(file), reason);
  }
}

function dataIn(file: string): string {
  return `the emulator's data ${file}`;
}

/** The script of conversations in a file. */
export function readScript(file: string): ConversationScript {
  const what = `the script of conversations ${file}`;
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new MachineError(what, "it cannot be read");
  }
  try {
    return parseScript(text);
  } catch (error) {
    throw new MachineError(what, error instanceof Error ? error.message : String(error));
  }
}
