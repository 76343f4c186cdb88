import { statSync } from "node:fs";
import module from "node:module";
import path from "node:path";
import { isJob } from "./terminal/is-job.ts";

type EnvironmentVariables = { readonly [name: string]: string | undefined };

/** In Node 22.8 and later; NODE_DISABLE_COMPILE_CACHE turns it off there. */
type WithCache = { readonly enableCompileCache?: (folder: string) => void };

/**
 * Lets Node keep the compiled code of what is loaded from here on, where it can do that by itself. Not in a job, where a cache is
 * written at every run and read at none.
 */
export function enableCompileCache(): void {
  const { enableCompileCache: enable } = module as WithCache;
  if (enable === undefined || isJob()) return;
  const folder = compileCacheFolder(process.env, process.getuid?.());
  if (folder !== undefined) enable(folder);
}

/**
 * Where compiled code is kept: in a folder of this user alone. Whoever can write there can run code as this user, so it is
 * neither in the temporary folder, which all users share, nor in a home of somebody else, as under sudo. Undefined where there
 * is no such folder.
 */
export function compileCacheFolder(
  { XDG_CACHE_HOME, LOCALAPPDATA, HOME }: EnvironmentVariables,
  user: number | undefined,
): string | undefined {
  const home = HOME === undefined ? undefined : path.join(HOME, ".cache");
  const caches = [XDG_CACHE_HOME, LOCALAPPDATA, home].find((each) => each && path.isAbsolute(each));
  if (caches === undefined) return undefined;
  const found = statSync(caches, { throwIfNoEntry: false });
  // Where there are users (not on Windows): the folder is this one's, and nobody else may write there.
  const isOwn =
    found?.isDirectory() &&
    (user === undefined || (found.uid === user && (found.mode & 0o022) === 0));
  return isOwn ? path.join(caches, "agentvane", "compiled") : undefined;
}
