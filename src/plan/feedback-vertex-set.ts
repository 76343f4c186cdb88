/** A directed graph: each node with the nodes it points at. Nodes that are only pointed at count for nothing. */
export type Graph<Node> = ReadonlyMap<Node, readonly Node[]>;

/** Largest component that is solved exactly: 2^12 subsets are tried in no time, 2^13 and on may not be. */
const exactLimit = 12;

/**
 * The fewest nodes without which a graph has no cycle, besides those that are out of it anyway. Exact for
 * strongly connected components of up to 12 nodes, greedy (and then thinned out) above. The answer depends
 * on the order of the nodes in the map, on nothing else.
 */
export function feedbackVertexSet<Node>(
  graph: Graph<Node>,
  removed: ReadonlySet<Node>,
): ReadonlySet<Node> {
  const rest = without(graph, removed);
  const chosen = components(rest)
    .filter((component) => isCyclic(restrict(rest, component)))
    .flatMap((component) => breakCycles(restrict(rest, component)));
  return new Set([...removed, ...chosen]);
}

/** The strongly connected components, each one after the components it points at. */
export function components<Node>(graph: Graph<Node>): readonly (readonly Node[])[] {
  const finished: Node[] = [];
  visitAll(graph, graph.keys(), (tree) => finished.push(...tree));
  const found: Node[][] = [];
  visitAll(reversed(graph), finished.reverse(), (tree) => found.push(tree));
  return found.reverse();
}

function breakCycles<Node>(graph: Graph<Node>): readonly Node[] {
  const nodes = [...graph.keys()];
  if (nodes.length > exactLimit) return breakGreedily(graph);
  for (let size = 1; size < nodes.length; size += 1) {
    const found = firstSubset(nodes, size, (subset) => !isCyclic(without(graph, new Set(subset))));
    if (found !== undefined) return found;
  }
  return nodes;
}

function breakGreedily<Node>(graph: Graph<Node>): readonly Node[] {
  const chosen = new Set<Node>();
  for (let rest = graph; isCyclic(rest); rest = without(graph, chosen)) {
    chosen.add(busiest(rest));
  }
  for (const node of [...chosen]) {
    const fewer = new Set([...chosen].filter((other) => other !== node));
    if (!isCyclic(without(graph, fewer))) chosen.delete(node);
  }
  return [...chosen];
}

/** The node on a cycle through which most pairs of arrows lead. */
function busiest<Node>(graph: Graph<Node>): Node {
  const back = reversed(graph);
  const candidates = components(graph).find((component) => isCyclic(restrict(graph, component)));
  const [first, ...others] = candidates ?? [...graph.keys()];
  if (first === undefined) throw new Error("an empty graph has no cycle to break");
  const weight = (node: Node) => (graph.get(node)?.length ?? 0) * (back.get(node)?.length ?? 0);
  return others.reduce((best, node) => (weight(node) > weight(best) ? node : best), first);
}

function firstSubset<Node>(
  nodes: readonly Node[],
  size: number,
  accept: (subset: readonly Node[]) => boolean,
  chosen: readonly Node[] = [],
): readonly Node[] | undefined {
  if (chosen.length === size) return accept(chosen) ? chosen : undefined;
  for (let at = 0; at <= nodes.length - (size - chosen.length); at += 1) {
    const node = nodes[at] as Node;
    const found = firstSubset(nodes.slice(at + 1), size, accept, [...chosen, node]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isCyclic<Node>(graph: Graph<Node>): boolean {
  return components(graph).some(
    ([first, second]) =>
      second !== undefined || (first !== undefined && (graph.get(first) ?? []).includes(first)),
  );
}

function restrict<Node>(graph: Graph<Node>, nodes: readonly Node[]): Graph<Node> {
  const kept = new Set(nodes);
  return new Map(
    nodes.map((node) => [node, (graph.get(node) ?? []).filter((target) => kept.has(target))]),
  );
}

function without<Node>(graph: Graph<Node>, removed: ReadonlySet<Node>): Graph<Node> {
  return restrict(
    graph,
    [...graph.keys()].filter((node) => !removed.has(node)),
  );
}

function reversed<Node>(graph: Graph<Node>): Graph<Node> {
  const back = new Map<Node, Node[]>([...graph.keys()].map((node) => [node, []]));
  for (const [node, targets] of graph) {
    for (const target of targets) back.get(target)?.push(node);
  }
  return back;
}

/** Walks depth first from each start, without recursion, and hands over each tree in order of finishing. */
function visitAll<Node>(
  graph: Graph<Node>,
  starts: Iterable<Node>,
  onTree: (finished: Node[]) => void,
): void {
  const seen = new Set<Node>();
  for (const start of starts) {
    if (seen.has(start)) continue;
    seen.add(start);
    const tree: Node[] = [];
    const path = [{ node: start, next: (graph.get(start) ?? []).values() }];
    for (let here = path.at(-1); here !== undefined; here = path.at(-1)) {
      const step = here.next.next();
      if (step.done) {
        tree.push(here.node);
        path.pop();
      } else if (graph.has(step.value) && !seen.has(step.value)) {
        seen.add(step.value);
        path.push({ node: step.value, next: (graph.get(step.value) ?? []).values() });
      }
    }
    onTree(tree);
  }
}
