import { readFileSync } from "node:fs";
import path from "node:path";
import type { Pin } from "../commands/event.ts";
import type { PreparePins } from "../commands/repoint.ts";
import { groupBy } from "../plan/group-by.ts";
import type { Invocation } from "./invocation.ts";
import type { OpenedConfig } from "./open-config.ts";
import { Unusable } from "./unusable.ts";

/**
 * Pins go into the files that define the agents, or, with an environment, into its overrides in the main file.
 * What cannot be written is found before anything moves. Each file is written whole or not at all.
 */
export async function pinWriter(
  invocation: Invocation,
  { folder, desired }: OpenedConfig,
): Promise<PreparePins> {
  const { withPins, withPinsInFrontMatter } = await import("../config/write-pins.ts");
  const main = path.basename(invocation.value("file") ?? "agents.yaml");
  const { environment } = desired;
  const definedIn = new Map(desired.agents.map(({ key, at }) => [key, at.file]));
  const fileOf = ({ key }: Pin) => (environment === "" ? (definedIn.get(key) ?? main) : main);
  const pinned = (file: string, pins: readonly Pin[]) => {
    const text = readFileSync(path.join(folder, file), "utf8");
    const fresh = file.endsWith(".md")
      ? withPinsInFrontMatter(text, pins)
      : withPins(text, environment, pins);
    if (fresh !== undefined) return fresh;
    throw new Unusable(`the pins in ${file}`, "they have no place there; leave --write out");
  };
  return (pins) => {
    const texts = [...groupBy(pins, fileOf)].map(
      ([file, inside]) => [file, pinned(file, inside)] as const,
    );
    return async () => {
      const { default: writeFileAtomic } = await import("write-file-atomic");
      for (const [file, text] of texts) await writeFileAtomic(path.join(folder, file), text);
      return texts.map(([file]) => file);
    };
  };
}
