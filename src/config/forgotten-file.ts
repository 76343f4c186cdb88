import type { ProjectFiles } from "./project-files.ts";
import { type Tree, textOf } from "./tree.ts";

/** One word that ends like the name of a text file, or has folders in it. */
const pathLike = /^[^\s:*?"<>|]+(?:\.(?:md|markdown|txt|prompt|ya?ml|json)|\/[^\s:*?"<>|]+)$/i;

/**
 * The path that a text is, when a file of that path exists: somebody wrote `prompts/a.md` for
 * `{ file: prompts/a.md }`. What a template or a file has filled in is no such path.
 */
export function forgottenFile(files: ProjectFiles, text: Tree | undefined): string | undefined {
  const path = textOf(text);
  if (text?.kind !== "scalar" || text.fromTemplate || path === undefined) return undefined;
  const isWhole = text.start === 0 && text.end === text.source.text.length;
  return !isWhole && pathLike.test(path) && files.has(path, text) ? path : undefined;
}
