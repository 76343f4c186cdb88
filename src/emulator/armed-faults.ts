import type { EmulatedCall } from "./call.ts";
import type { Fault } from "./faults.ts";

/** The faults that are waiting for a matching request. */
export type ArmedFaults = {
  readonly add: (fault: Fault) => void;
  readonly clear: () => void;
  /** The fault for this request: the first one added of those that match. */
  readonly strike: (call: EmulatedCall) => Fault | undefined;
};

type Armed = {
  readonly fault: Fault;
  readonly aimsAt: (call: EmulatedCall) => boolean;
  skip: number;
  left: number;
};

/** Starts without faults. */
export function createArmedFaults(): ArmedFaults {
  let armed: readonly Armed[] = [];
  return {
    add: (fault) => {
      const { skip = 0, times = 1 } = fault;
      const left = times ?? Number.POSITIVE_INFINITY;
      armed = [...armed, { fault, aimsAt: aimOf(fault), skip, left }];
    },
    clear: () => {
      armed = [];
    },
    strike: (call) => {
      const struck = armed.find((each) => each.left > 0 && each.aimsAt(call) && !passes(each));
      if (struck === undefined) return undefined;
      struck.left -= 1;
      return struck.fault;
    },
  };
}

function aimOf({ method, path }: Fault): (call: EmulatedCall) => boolean {
  const pattern = path === undefined ? undefined : new RegExp(path);
  return (call) =>
    (method === undefined || method.toUpperCase() === call.method) &&
    (pattern === undefined || pattern.test(call.path));
}

function passes(armed: Armed): boolean {
  if (armed.skip === 0) return false;
  armed.skip -= 1;
  return true;
}
