import type { CompiledSchema } from "./compiled-schema.ts";
import { pathOf, rootErrors } from "./schema-errors.ts";
import { problemOf } from "./schema-problem.ts";
import type { Tree } from "./tree.ts";
import { dataOf } from "./tree-data.ts";
import type { TroubleLog } from "./trouble-log.ts";

/**
 * Reports where a tree does not follow a schema, each problem at its value or key. Problems at paths that `concerns`
 * does not accept are ignored.
 */
export function validateTree(
  { tell, suggest }: Pick<TroubleLog, "tell" | "suggest">,
  schema: CompiledSchema,
  tree: Tree,
  concerns: (path: readonly string[]) => boolean = () => true,
): void {
  if (schema(dataOf(tree))) return;
  for (const error of rootErrors(schema.errors ?? [])) {
    const path = pathOf(error);
    const problem = concerns(path) ? problemOf(error, path, tree, suggest) : undefined;
    if (problem !== undefined) tell(problem.place, problem.trouble);
  }
}
