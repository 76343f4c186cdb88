import { createHash } from "node:crypto";
import { readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import type { DesiredProject, FileDigest } from "../../agent/definition.ts";

/** The content of a larger file is not read; only its size counts. */
const largestFile = 10 * 1024 * 1024;

/**
 * The project with the files that its gates name, as they are now: every word of a command that is a file in the folder
 * of the configuration. Files that a gate reads without naming them are not known.
 */
export function withGateFiles({
  desired,
  folder,
}: {
  readonly desired: DesiredProject;
  readonly folder: string;
}): DesiredProject {
  if (desired.gates.length === 0) return desired;
  const root = realpathSync.native(folder);
  const gates = desired.gates.map((gate) => ({ ...gate, files: filesNamedIn(gate.run, root) }));
  return { ...desired, gates };
}

/** The paths of the files that the gates of a project in this folder name. */
export function filesOfGates(
  { gates }: Pick<DesiredProject, "gates">,
  folder: string,
): readonly string[] {
  if (gates.length === 0) return [];
  const root = realpathSync.native(folder);
  const named = gates.flatMap(({ run }) => filesNamedIn(run, root));
  return named.map((each) => path.resolve(root, each.path));
}

function filesNamedIn(command: string, root: string): readonly FileDigest[] {
  const words = new Set(command.match(/[^\s'"=;|&<>()$`]+/g) ?? []);
  return [...words].sort().flatMap((word) => digestOf(root, word) ?? []);
}

function digestOf(root: string, name: string): FileDigest | undefined {
  try {
    const real = realpathSync.native(path.resolve(root, name));
    const isInside = real.startsWith(root + path.sep);
    const { size } = statSync(real);
    if (!isInside || !statSync(real).isFile()) return undefined;
    const content = size > largestFile ? String(size) : readFileSync(real);
    return { path: name, digest: createHash("sha256").update(content).digest("hex") };
  } catch {
    return undefined;
  }
}
