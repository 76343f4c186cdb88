/** Tasks that run after some further requests: commits of clients that gave up. */
export type Postponed = {
  readonly add: (task: () => Promise<unknown>, requests: number) => void;
  /** Called when a request starts; call the returned function when that request is over. */
  readonly duringRequest: () => () => Promise<void>;
};

type Waiting = { readonly task: () => Promise<unknown>; left: number };

/** Starts without tasks. A task does not count the request that postponed it. */
export function createPostponed(): Postponed {
  const waiting = new Set<Waiting>();
  return {
    add: (task, requests) => {
      waiting.add({ task, left: requests });
    },
    duringRequest: () => {
      const older = [...waiting];
      return async () => {
        for (const each of older) {
          each.left -= 1;
          if (each.left <= 0 && waiting.delete(each)) await each.task();
        }
      };
    },
  };
}
