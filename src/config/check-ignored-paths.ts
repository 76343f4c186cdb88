import { agentTable } from "../agent/agent-table.ts";
import type { Property } from "../agent/property.ts";
import { type PropertyPath, parsePath, pathText } from "../agent/property-path.ts";
import type { ProblemLog } from "./problem-log.ts";
import { isUnset, itemsOf, type Tree, textOf } from "./tree.ts";

const knownPaths: ReadonlySet<string> = new Set(pathsOf(agentTable).map(pathText));

/** Reports every path in `ignore_changes` that names no property of an agent, such as one with a typing error. */
export function checkIgnoredPaths(log: ProblemLog, paths: Tree | undefined): void {
  for (const item of itemsOf(paths)) {
    const path = textOf(item);
    if (path === undefined || isUnset(item) || knownPaths.has(path) || isLabel(path)) continue;
    const suggestions = log.suggest(path, knownPaths);
    log.report(item, { code: "unknown_property", name: path, suggestions });
  }
}

function isLabel(text: string): boolean {
  const [name, label, ...rest] = parsePath(agentTable, text);
  const kind = agentTable.find((row) => row.name === name)?.kind.kind;
  return kind === "labels" && label !== undefined && label !== "" && rest.length === 0;
}

function pathsOf(rows: readonly Property[]): readonly PropertyPath[] {
  return rows.flatMap(({ name, kind }): readonly PropertyPath[] => {
    const inside = kind.kind === "record" ? pathsOf(kind.rows) : [];
    return [[name], ...inside.map((path) => [name, ...path])];
  });
}
