import { readFileSync } from "node:fs";
import path from "node:path";
import type { Pin } from "../commands/event.ts";
import type { PreparePins } from "../commands/repoint.ts";
import { groupBy } from "../plan/group-by.ts";
import type { Invocation } from "./invocation.ts";
import type { OpenedBindings } from "./open-bindings.ts";

/**
 * Pins go into the files that define the agents, or, with an environment, into its overrides in the main file.
 * A file that has no place for them is found before anything moves, and does not stop it: a broken file must not
 * stand between a person and a rollback. Each file is written whole or not at all.
 */
export async function pinWriter(
  invocation: Invocation,
  { folder, bound: desired }: OpenedBindings,
): Promise<PreparePins> {
  const { withPins, withPinsInFrontMatter } = await import("../config/write-pins.ts");
  const main = path.basename(invocation.value("file") ?? "agents.yaml");
  const { environment } = desired;
  const definedIn = new Map(desired.agents.map(({ key, at }) => [key, at.file]));
  const fileOf = ({ key }: Pin) => (environment === "" ? (definedIn.get(key) ?? main) : main);
  const pinned = (file: string, pins: readonly Pin[]) => {
    const text = readFileSync(path.join(folder, file), "utf8");
    return file.endsWith(".md")
      ? withPinsInFrontMatter(text, pins)
      : withPins(text, environment, pins);
  };
  return (pins) => {
    const texts = [...groupBy(pins, fileOf)].map(
      ([file, inside]) => [file, pinned(file, inside)] as const,
    );
    return {
      unwritable: texts.flatMap(([file, text]) => (text === undefined ? [file] : [])),
      write: async () => {
        const { default: writeFileAtomic } = await import("write-file-atomic");
        const files: string[] = [];
        for (const [file, text] of texts) {
          if (text === undefined) continue;
          await writeFileAtomic(path.join(folder, file), text);
          files.push(file);
        }
        return files;
      },
    };
  };
}
