import type { CompiledSchema } from "./compiled-schema.ts";
import type { ProblemLog } from "./problem-log.ts";
import { pathOf, rootErrors } from "./schema-errors.ts";
import { problemOf } from "./schema-problem.ts";
import type { Tree } from "./tree.ts";
import { dataOf } from "./tree-data.ts";

/**
 * Reports where a tree does not follow a schema, each problem at its value or key. Problems at paths that `concerns`
 * does not accept are ignored.
 */
export function validateTree(
  { report, suggest }: Pick<ProblemLog, "report" | "suggest">,
  schema: CompiledSchema,
  tree: Tree,
  concerns: (path: readonly string[]) => boolean = () => true,
): void {
  if (schema(dataOf(tree))) return;
  for (const error of rootErrors(schema.errors ?? [])) {
    const path = pathOf(error);
    const problem = concerns(path) ? problemOf(error, path, tree, suggest) : undefined;
    if (problem !== undefined) report(problem.range, problem.problem);
  }
}
