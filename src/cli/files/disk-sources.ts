import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { largestFile, type Source, type Sources } from "../../config/sources.ts";

/**
 * The files of a project folder. Nothing outside it can be read, by `..`, an absolute path or a link. The library for
 * globs is loaded only if agents.yaml may have an `include`: it contains the word, or an escape that may spell it.
 */
export async function diskSources(folder: string, file: string): Promise<Sources> {
  const root = realpathSync.native(folder);
  const main = readInside(root, file);
  const mayInclude = main.kind === "text" && /include|\\[xuU]/.test(main.text);
  const glob = mayInclude ? await import("tinyglobby") : undefined;
  return {
    read: (name) => (name === file ? main : readNamed(root, name)),
    match: (pattern) => {
      if (glob === undefined) throw new Error("an include was not recognized in the text");
      return glob
        .globSync(pattern, { cwd: root, onlyFiles: true, followSymbolicLinks: false, dot: false })
        .map((name) => name.split(path.sep).join("/"))
        .sort();
    },
    list: (name) => namesIn(root, name),
  };
}

function namesIn(root: string, name: string): readonly string[] {
  const folder = path.resolve(root, name);
  if (path.isAbsolute(name) || !isInside(root, folder)) return [];
  try {
    const real = realpathSync.native(folder);
    return isInside(root, real) ? readdirSync(real).filter((each) => !each.startsWith(".")) : [];
  } catch {
    return [];
  }
}

/** A file that a configuration names; never one that may hold credentials, because its text would become a prompt. */
function readNamed(root: string, name: string): Source {
  const wanted = path.resolve(root, name);
  if (path.isAbsolute(name) || !isInside(root, wanted)) return { kind: "fault", fault: "outside" };
  if (hidesCredentials(path.relative(root, wanted))) return hidden;
  return readInside(root, name, (real) =>
    hidesCredentials(path.relative(root, real)) ? hidden : undefined,
  );
}

const hidden: Source = { kind: "fault", fault: "hides_credentials" };

/** Git folders and dotenv files. File systems ignore case, and dots and blanks at the end, and have short names. */
function hidesCredentials(relative: string): boolean {
  return relative
    .split(/[\\/]/)
    .map((step) =>
      step
        .toLowerCase()
        .replace(/:.*$/, "")
        .replace(/[. ]+$/, ""),
    )
    .some((step) => step === ".git" || step === "git~1" || /^\.env(?:\.|$)/.test(step));
}

/** A file by its name; `refusal` is asked once its real path is known. */
function readInside(
  root: string,
  name: string,
  refusal: (real: string) => Source | undefined = () => undefined,
): Source {
  try {
    const real = realpathSync.native(path.resolve(root, name));
    if (!isInside(root, real)) return { kind: "fault", fault: "outside" };
    const refused = refusal(real);
    if (refused !== undefined) return refused;
    const found = statSync(real);
    if (!found.isFile()) return { kind: "fault", fault: "not_a_file" };
    if (found.size > largestFile) return { kind: "fault", fault: "too_large" };
    return decode(readFileSync(real));
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    return { kind: "fault", fault: isMissing ? "missing" : "unreadable" };
  }
}

function decode(bytes: Uint8Array): Source {
  try {
    return {
      kind: "text",
      text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes),
    };
  } catch {
    return { kind: "fault", fault: "not_utf8" };
  }
}

/** Whether a path is a folder or inside it; both have their links resolved. */
export function isInside(root: string, file: string): boolean {
  const relative = path.relative(root, file);
  return relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
