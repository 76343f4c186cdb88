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

/** The options of an emulator. */
type Opening = {
  readonly behaviour: Partial<Behaviour>;
  readonly conversations?: ConversationScript;
  /** Called once whenever another run makes this one wait for long. */
  readonly onWait: (file: string) => void;
};

/**
 * The emulator in this process, without a port or an account; its data is in a file of the project folder. Several runs
 * may use the file at once, as they may use a server.
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
  // With a link in its place, a repository could make agentvane read or overwrite any file.
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found !== undefined && !found.isFile()) {
    throw new MachineError(
      dataIn(file),
      "it is not a regular file. Delete it to start with an empty emulator.",
    );
  }
  return openEmulator(file, { onWait, behaviour: {}, ...(conversations && { conversations }) });
}

/** An emulator that keeps its agents in a file, or only in memory. */
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
    throw new MachineError(
      dataIn(file ?? ""),
      `${reason} Delete the file to start with an empty emulator.`,
    );
  }
}

/** Makes the folder for the data if it does not exist, and checks that it is writable; never through a link. */
function openHome(home: string): void {
  const found = lstatSync(home, { throwIfNoEntry: false });
  if (found?.isSymbolicLink()) throw new MachineError(home, "it is a symbolic link");
  if (found !== undefined && !found.isDirectory())
    throw new MachineError(home, "it is not a folder");
  mkdirSync(home, { recursive: true });
  accessSync(home, constants.W_OK);
  try {
    // Exclusive: an existing file or link is not overwritten.
    writeFileSync(path.join(home, ".gitignore"), "*\n", { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

function readSaved(data: SharedFile, file: string): string | undefined {
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found !== undefined && !found.isFile())
      throw new MachineError(file, "it is not a regular file");
    return data.read();
  } catch (error) {
    const reason = isMachineError(error) ? error.message : fileFaultText(error);
    throw new MachineError(dataIn(file), reason);
  }
}

function dataIn(file: string): string {
  return `the emulator's data ${file}`;
}

/** The conversation script in a file. */
export function readScript(file: string): ConversationScript {
  const what = `the conversation script ${file}`;
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
