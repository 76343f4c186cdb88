import { components, type Graph } from "../../plan/feedback-vertex-set.ts";
import type { Arrow } from "./layout.ts";

/**
 * The nodes at which a conversation may begin: those that nobody points at. In a circle that nobody from outside
 * points at, which of its nodes is meant cannot be known; it is taken to be the one that points at most others
 * and, of several of them, is pointed at least.
 */
export function entriesOf(nodes: readonly string[], arrows: readonly Arrow[]): ReadonlySet<string> {
  const targets = new Map<string, Set<string>>(nodes.map((node) => [node, new Set()]));
  const callers = new Map<string, Set<string>>(nodes.map((node) => [node, new Set()]));
  for (const { from, to } of arrows) {
    if (from === to) continue;
    targets.get(from)?.add(to);
    callers.get(to)?.add(from);
  }
  const graph: Graph<string> = new Map([...targets].map(([node, to]) => [node, [...to]]));
  const entries = components(graph)
    .filter((circle) => isUncalled(circle, callers))
    .flatMap((circle) => {
      const weight = (node: string) =>
        (targets.get(node)?.size ?? 0) * nodes.length - (callers.get(node)?.size ?? 0);
      const most = Math.max(...circle.map(weight));
      return circle.filter((node) => weight(node) === most);
    });
  return new Set(entries);
}

function isUncalled(
  circle: readonly string[],
  callers: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
  const inside = new Set(circle);
  return circle.every((node) => [...(callers.get(node) ?? [])].every((each) => inside.has(each)));
}
