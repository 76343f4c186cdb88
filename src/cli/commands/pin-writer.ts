import { readFileSync } from "node:fs";
import path from "node:path";
import type { Pin } from "../../commands/pin.ts";
import type { PreparePins } from "../../commands/repoint.ts";
import { pinnedOnly } from "../../config/pinned-only.ts";
import { withPins, withPinsInFrontMatter } from "../../config/write-pins.ts";
import { groupBy } from "../../plan/group-by.ts";
import { fileFaultText } from "../files/file-fault.ts";
import { openResultFile, targetOfResult } from "../files/open-result-file.ts";
import type { ResultFile } from "../files/result-file.ts";
import { isMachineError, MachineError } from "../machine-error.ts";
import type { OpenedBindings } from "../open-bindings.ts";
import { chosenEnvironment, configInput } from "../open-config.ts";
import type { Session } from "../session.ts";

/** A file with its new pins, completely checked. */
type Prepared = {
  readonly file: string;
  readonly pins: readonly Pin[];
  /** The text when it was checked, and the text to write. */
  readonly before: string;
  readonly after: string;
  readonly target: ResultFile;
};

/**
 * Pins are written to the files that define the agents or, in an environment, to its overrides in the main file. A file
 * that has no place for them, or cannot be written, is found before any pointer moves, and does not stop the move: a
 * broken file must not prevent a rollback. Each file is written completely or not at all.
 */
export async function pinWriter(
  session: Session,
  { folder, bound, environments }: OpenedBindings,
): Promise<PreparePins> {
  const { invocation } = session;
  const { input } = await configInput(invocation);
  const main = path.basename(invocation.value("file") ?? "agents.yaml");
  const environment = chosenEnvironment(invocation);
  const definedIn = new Map(bound.agents.map(({ key, at }) => [key, at.file]));
  const fileOf = ({ key }: Pin) => (bound.environment === "" ? (definedIn.get(key) ?? main) : main);
  const read = (file: string) => readFileSync(path.join(folder, file), "utf8");
  const pinned = (file: string, text: string, pins: readonly Pin[]) => {
    // An entry of its own would remove the environment from its pattern.
    const isNamed = environments.some(({ name }) => name === bound.environment);
    if (bound.environment !== "" && !isNamed) return undefined;
    const after = file.endsWith(".md")
      ? withPinsInFrontMatter(text, pins)
      : withPins(text, bound.environment, pins);
    if (after === undefined) return undefined;
    const loading = { ...input, ...(environment !== undefined && { environment }) };
    return pinnedOnly(loading, new Map([[file, after]]), pins) ? after : undefined;
  };
  const prepare = async (file: string, pins: readonly Pin[]): Promise<Prepared | undefined> => {
    try {
      const before = read(file);
      const after = pinned(file, before, pins);
      return after === undefined
        ? undefined
        : { file, pins, before, after, target: await openPinned(session, folder, file) };
    } catch (error) {
      if (session.shutdown.reason() !== undefined) throw error;
      return undefined;
    }
  };
  /** Edits that a user makes to the file during the question are not lost. */
  const write = async ({ file, pins, before, after, target }: Prepared) => {
    const now = read(file);
    const text = now === before ? after : pinned(file, now, pins);
    if (text === undefined) throw new MachineError(file, "it was changed meanwhile");
    await target.write(text);
  };
  return async (pins) => {
    const files = [...groupBy(pins, fileOf)];
    const prepared = await Promise.all(
      files.map(async ([file, inside]) => [file, await prepare(file, inside)] as const),
    );
    return {
      unwritable: prepared.flatMap(([file, found]) => (found === undefined ? [file] : [])),
      write: async (told) => {
        for (const [path, found] of prepared) {
          if (found === undefined) continue;
          try {
            await write(found);
            told({ kind: "file_written", path });
          } catch (error) {
            told({ kind: "pins_unwritten", path, reason: reasonOf(error) });
          }
        }
      },
    };
  };
}

async function openPinned(
  { shutdown, streams }: Session,
  folder: string,
  file: string,
): Promise<ResultFile> {
  const name = path.join(folder, file);
  return openResultFile(file, name, targetOfResult(file, name), { ...shutdown, streams });
}

function reasonOf(error: unknown): string {
  return isMachineError(error) ? error.message : fileFaultText(error);
}
