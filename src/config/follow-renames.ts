import type { AgentKey } from "../agent/identity.ts";

/** Where renames lead. */
export type Followed = {
  /** The last key of each chain, by every key on the way; undefined where the way goes round in a circle. */
  readonly ends: ReadonlyMap<AgentKey, AgentKey | undefined>;
  /** Each circle once, as its keys in turn. */
  readonly circles: readonly (readonly AgentKey[])[];
};

/** Follows renames to their ends; each of them is looked at once, however long the chains are. */
export function followRenames(renames: ReadonlyMap<AgentKey, AgentKey>): Followed {
  const ends = new Map<AgentKey, AgentKey | undefined>();
  const circles: (readonly AgentKey[])[] = [];
  for (const start of renames.keys()) {
    const way = new Set<AgentKey>();
    let key = start;
    for (let next = renames.get(key); next !== undefined; next = renames.get(key)) {
      if (ends.has(key) || way.has(key)) break;
      way.add(key);
      key = next;
    }
    const isCircle = way.has(key);
    if (isCircle) circles.push([...way].slice([...way].indexOf(key)));
    const end = isCircle || ends.has(key) ? ends.get(key) : key;
    for (const passed of way) ends.set(passed, end);
  }
  return { ends, circles };
}
