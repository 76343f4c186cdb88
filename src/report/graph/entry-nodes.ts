import { components, type Graph } from "../../plan/feedback-vertex-set.ts";
import type { Arrow } from "./layout.ts";

/**
 * The nodes where a conversation may start: those without an incoming arrow. In a cycle without incoming arrows from
 * outside, the entry is unknown; it is assumed to be the node with the most outgoing arrows and, among several, the
 * fewest incoming ones.
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
