import type { KeyRename } from "../agent/definition.ts";
import { followRenames } from "./follow-renames.ts";
import type { ProblemLog } from "./problem-log.ts";
import { renamesOf } from "./renames.ts";
import { positionOf } from "./source-text.ts";
import type { Mapping } from "./tree.ts";

/** The renames of all files with their chains followed, sorted by old key. Reports those that cannot be. */
export function desiredRenames(log: ProblemLog, written: Mapping): readonly KeyRename[] {
  const renames = renamesOf(log, written);
  const { ends, circles } = followRenames(
    new Map([...renames].map(([from, { to }]) => [from, to.key])),
  );
  for (const keys of circles) {
    const last = keys.at(-1);
    const closing = last === undefined ? undefined : renames.get(last);
    if (closing === undefined) continue;
    const { key: name, tree } = closing.to;
    log.report(tree, { code: "moved_in_circle", name, keys });
  }
  return [...renames]
    .flatMap(([from, { entry }]): readonly KeyRename[] => {
      const to = ends.get(from);
      return to === undefined ? [] : [{ from, to, at: positionOf(entry) }];
    })
    .sort((a, b) => (a.from < b.from ? -1 : 1));
}
