import { statSync } from "node:fs";
import module from "node:module";
import path from "node:path";
import { isJob } from "./terminal/is-job.ts";

type EnvironmentVariables = { readonly [name: string]: string | undefined };

/** In Node 22.8 and later; NODE_DISABLE_COMPILE_CACHE turns it off there. */
type WithCache = { readonly enableCompileCache?: (folder: string) => void };

/**
 * Lets Node cache the compiled code of everything loaded after this call, if this Node can. Not in a CI job, where a
 * cache is written in every run and never read.
 */
export function enableCompileCache(): void {
  const { enableCompileCache: enable } = module as WithCache;
  if (enable === undefined || isJob()) return;
  const folder = compileCacheFolder(process.env, process.getuid?.());
  if (folder !== undefined) enable(folder);
}

/**
 * The folder for compiled code, which only this user may write: whoever can write there can run code as this user. So
 * it is neither in the shared temporary folder, nor in the home of another user, as under sudo. Undefined if there is
 * no such folder.
 */
export function compileCacheFolder(
  { XDG_CACHE_HOME, LOCALAPPDATA, HOME }: EnvironmentVariables,
  user: number | undefined,
): string | undefined {
  const home = HOME === undefined ? undefined : path.join(HOME, ".cache");
  const caches = [XDG_CACHE_HOME, LOCALAPPDATA, home].find((each) => each && path.isAbsolute(each));
  if (caches === undefined) return undefined;
  const found = statSync(caches, { throwIfNoEntry: false });
  // If the system has user ids (Windows has none), the folder must belong to this user, and nobody else may write to
  // it.
  const isOwn =
    found?.isDirectory() &&
    (user === undefined || (found.uid === user && (found.mode & 0o022) === 0));
  return isOwn ? path.join(caches, "agentvane", "compiled") : undefined;
}
