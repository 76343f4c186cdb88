import { Graph, layout } from "@dagrejs/dagre";
import { groupBy } from "../../plan/group-by.ts";

export type Point = { readonly x: number; readonly y: number };

/** An item to place; `first` marks where readers should start. */
export type Sized = {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly first: boolean;
};

/** An arrow between two items, by their ids. */
export type Arrow = { readonly from: string; readonly to: string };

export type Frame = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
};

/**
 * The positions of all items and arrows: the middle of each item, and the corners of each arrow in the order of the
 * arrows.
 */
export type Placed = {
  /** The frame around all items and arrows. */
  readonly frame: Frame;
  readonly middles: ReadonlyMap<string, Point>;
  readonly routes: readonly (readonly Point[])[];
};

/** Most items and arrows for the careful layout, whose work grows faster than their number. */
const mostThings = 800;
const mostArrows = 150;

const gap = 24;
const betweenRanks = 64;

/**
 * Places items in columns, the target of an arrow to the right of its source, and items without arrows below. If there
 * are very many arrows, only some of them determine the positions; the others are drawn straight.
 */
export function placeGraph(things: readonly Sized[], arrows: readonly Arrow[]): Placed {
  const joined = new Set(arrows.flatMap(({ from, to }) => (from === to ? [] : [from, to])));
  const inColumns = joined.size > mostThings ? [] : things.filter(({ id }) => joined.has(id));
  const columns = placeInColumns(inColumns, arrows);
  const grid = placeInGrid(
    things.filter(({ id }) => !columns.middles.has(id)),
    columns.height === 0 ? 0 : columns.height + gap,
  );
  const middles = new Map([...columns.middles, ...grid]);
  const sizes = new Map(things.map((thing) => [thing.id, thing]));
  const routes = arrows.map(
    (arrow, at) => columns.routes.get(at) ?? straightRoute(arrow, middles, sizes),
  );
  const corners = things.flatMap(({ id, width, height }) => {
    const { x, y } = middles.get(id) ?? { x: 0, y: 0 };
    return [
      { x: x - width / 2, y: y - height / 2 },
      { x: x + width / 2, y: y + height / 2 },
    ];
  });
  return { frame: frameOf([...corners, ...routes.flat()]), middles, routes };
}

function frameOf(points: readonly Point[]): Frame {
  const least = (pick: (point: Point) => number) =>
    points.reduce((least, point) => Math.min(least, pick(point)), 0);
  const most = (pick: (point: Point) => number) => -least((point) => -pick(point));
  const [left, top] = [least(({ x }) => x), least(({ y }) => y)];
  return { left, top, width: most(({ x }) => x) - left, height: most(({ y }) => y) - top };
}

/** Arrows that lead back are reversed for the layout, so that every column is left of its targets. */
function placeInColumns(things: readonly Sized[], arrows: readonly Arrow[]) {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: "LR", nodesep: gap, edgesep: gap, ranksep: betweenRanks });
  for (const { id, width, height } of things) graph.setNode(id, { width, height });
  const routed = arrows
    .map((arrow, at) => ({ ...arrow, at }))
    .filter(({ from, to }) => from !== to && graph.hasNode(from) && graph.hasNode(to));
  const { order, firsts } = walk(things, routed);
  const isBack = ({ from, to }: Arrow) => (order.get(from) ?? 0) > (order.get(to) ?? 0);
  for (const arrow of routed.length > mostArrows ? firsts : routed) {
    const { from, to, at } = arrow;
    if (isBack(arrow)) graph.setEdge(to, from, {}, String(at));
    else graph.setEdge(from, to, {}, String(at));
  }
  if (things.length > 0) layout(graph);
  // The library hardly types its results, so their types are declared here.
  const { height = 0 } = graph.graph() as { height?: number };
  const edges = graph.edges() as readonly { readonly v: string; readonly name: string }[];
  return {
    height,
    middles: new Map(things.map(({ id }): [string, Point] => [id, graph.node(id) as Point])),
    routes: new Map(
      edges.map((edge): [number, readonly Point[]] => {
        const { points } = graph.edge(edge) as { readonly points: readonly Point[] };
        const at = Number(edge.name);
        return [at, arrows[at]?.from === edge.v ? points : points.toReversed()];
      }),
    ),
  };
}

/**
 * The order in which items are reached along the arrows, starting with the first ones; and the arrows that reach them.
 */
function walk<Each extends Arrow>(things: readonly Sized[], arrows: readonly Each[]) {
  const leaving = groupBy(arrows, ({ from }) => from);
  const starts = [...things.filter(({ first }) => first), ...things];
  const order = new Map<string, number>();
  const firsts: Each[] = [];
  for (const start of starts) {
    if (order.has(start.id)) continue;
    order.set(start.id, order.size);
    const queue = [start.id];
    for (const id of queue) {
      for (const arrow of leaving.get(id) ?? []) {
        if (order.has(arrow.to)) continue;
        order.set(arrow.to, order.size);
        queue.push(arrow.to);
        firsts.push(arrow);
      }
    }
  }
  return { order, firsts };
}

function placeInGrid(things: readonly Sized[], top: number): ReadonlyMap<string, Point> {
  const perRow = Math.max(1, Math.ceil(Math.sqrt(things.length / 3)));
  const width = Math.max(0, ...things.map((each) => each.width));
  const height = Math.max(0, ...things.map((each) => each.height));
  return new Map(
    things.map((thing, at) => [
      thing.id,
      {
        x: (at % perRow) * (width + gap) + thing.width / 2,
        y: top + Math.floor(at / perRow) * (height + gap) + height / 2,
      },
    ]),
  );
}

/** From frame to frame along the line between the middles; around the corner for an arrow from an item to itself. */
function straightRoute(
  { from, to }: Arrow,
  middles: ReadonlyMap<string, Point>,
  sizes: ReadonlyMap<string, Sized>,
): readonly Point[] {
  const [start, end] = [middles.get(from), middles.get(to)];
  const [first, last] = [sizes.get(from), sizes.get(to)];
  if (start === undefined || end === undefined || first === undefined || last === undefined) {
    return [];
  }
  if (from === to) {
    const [right, upper] = [start.x + first.width / 2, start.y - first.height / 2];
    const out = gap / 2;
    return [
      { x: right - out, y: upper },
      { x: right - out, y: upper - out },
      { x: right + out, y: upper - out },
      { x: right + out, y: upper + out },
      { x: right, y: upper + out },
    ];
  }
  return [onFrame(start, end, first), onFrame(end, start, last)];
}

function onFrame(middle: Point, other: Point, { width, height }: Sized): Point {
  const [dx, dy] = [other.x - middle.x, other.y - middle.y];
  const scale = Math.min(
    dx === 0 ? Number.POSITIVE_INFINITY : width / 2 / Math.abs(dx),
    dy === 0 ? Number.POSITIVE_INFINITY : height / 2 / Math.abs(dy),
  );
  return { x: middle.x + dx * scale, y: middle.y + dy * scale };
}
