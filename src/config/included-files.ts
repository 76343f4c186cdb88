import type { ProblemLog } from "./problem-log.ts";
import type { ProjectFiles } from "./project-files.ts";
import type { SourceText } from "./source-text.ts";
import { itemsOf, type Tree, textOf } from "./tree.ts";

/** The files that the globs of `include` match, each once, in the order of the globs. */
export function includedFiles(
  files: ProjectFiles,
  include: Tree | undefined,
  log: ProblemLog,
): ReadonlySet<SourceText> {
  const included = new Set<SourceText>();
  for (const item of itemsOf(include)) {
    const glob = textOf(item);
    const located = glob === undefined ? undefined : files.locate(glob, item);
    if (glob === undefined || located === undefined) continue;
    const paths = files.match(located);
    if (paths.length === 0) log.report(item, { code: "no_match", glob });
    for (const path of paths) {
      if (!/\.(ya?ml|md)$/.test(path)) log.report(item, { code: "bad_include", path });
      else {
        const source = files.open(path, item);
        if (source !== undefined) included.add(source);
      }
    }
  }
  return included;
}
