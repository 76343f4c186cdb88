import { components, type Graph } from "./feedback-vertex-set.ts";

/**
 * Nodes in waves: what a node points at is in an earlier wave. Where nodes point at each other in a circle
 * that cannot hold for all of them; which arrow gives way depends on the order of the map alone.
 */
export function inWaves<Node>(graph: Graph<Node>): readonly (readonly Node[])[] {
  const waveOf = new Map<Node, number>();
  for (const component of components(graph)) {
    for (const node of component) {
      const targets = (graph.get(node) ?? []).map((target) => waveOf.get(target) ?? -1);
      waveOf.set(node, Math.max(-1, ...targets) + 1);
    }
  }
  const waves: Node[][] = [];
  for (const node of graph.keys()) {
    const wave = waveOf.get(node) ?? 0;
    while (waves.length <= wave) waves.push([]);
    waves[wave]?.push(node);
  }
  return waves;
}
