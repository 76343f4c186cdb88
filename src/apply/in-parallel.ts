/**
 * Runs a task for every item, at most `limit` at once, in order. Starts no further task once `mayGoOn` returns false or
 * a task has returned false, but waits for those in flight. Returns whether every task returned true.
 */
export async function inParallel<Item>(
  items: readonly Item[],
  limit: number,
  mayGoOn: () => boolean,
  task: (item: Item) => Promise<boolean>,
): Promise<boolean> {
  const waiting = items.values();
  let allDone = true;
  const worker = async (): Promise<void> => {
    while (allDone) {
      if (!mayGoOn()) allDone = false;
      const next = allDone ? waiting.next() : undefined;
      if (next === undefined || next.done) return;
      if (!(await task(next.value))) allDone = false;
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return allDone;
}
