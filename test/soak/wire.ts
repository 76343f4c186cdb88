import type { Clock } from "../../src/agent/ports.ts";
import type { RunGate } from "../../src/apply/run.ts";
import { counter, type Time } from "./time.ts";
import { hangStatus, type Trouble } from "./trouble.ts";

/** The network, the clock and the shell of one run, with everything that goes wrong in it. */
export type Wire = {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly clock: Clock;
  readonly runGate: RunGate;
  /** Settles with false when the run is killed, and rejects when it does not end by itself. */
  readonly killed: Promise<false>;
  /** After a run: nothing more is sent. Settles when the server is done with everything that was. */
  readonly close: () => Promise<unknown>;
};

const requestMs = 20;
const timeoutMs = 30_000;
/** No run of a small fleet needs more. */
const mostRequests = 2_000;

/**
 * The way of one run to a server. `before` is told each request by its number before it is sent. A run that is
 * killed never hears of anything again, and time does not pass for it.
 */
export function openWire(
  server: (request: Request) => Promise<Response>,
  time: Time,
  troubles: readonly Trouble[],
  before: (request: number) => void,
): Wire {
  const [nextRequest, nextWrite, nextGate] = [counter(), counter(), counter()];
  const underWay = new Set<Promise<unknown>>();
  const death = createDeath();
  let isClosed = false;

  const send = async (url: string, init: RequestInit): Promise<Response> => {
    const response = await server(new Request(url, init));
    if (response.status !== hangStatus) return response;
    time.pass(timeoutMs);
    throw new TypeError("fetch failed", { cause: new Error("no answer in time") });
  };
  const dieIf = (write: number | undefined, when: "before" | "after") => {
    const isEnd = (each: Trouble) =>
      each.kind === "crash" && each.write === write && each.when === when;
    if (troubles.some(isEnd)) death.die();
  };

  return {
    fetch: async (url, init) => {
      if (isClosed || death.isDead()) return forever();
      const request = nextRequest();
      if (request > mostRequests) death.despair(`no end after ${mostRequests} requests`);
      before(request);
      time.pass(requestMs);
      const write = init.method === "GET" ? undefined : nextWrite();
      dieIf(write, "before");
      if (death.isDead()) return forever();
      const answer = send(url, init);
      underWay.add(answer.catch(() => {}));
      const response = await answer;
      dieIf(write, "after");
      return death.isDead() ? forever() : response;
    },
    clock: {
      now: time.now,
      sleep: (ms, signal) => (death.isDead() ? forever() : time.clock.sleep(ms, signal)),
    },
    runGate: async () => {
      const gate = nextGate();
      const fails = troubles.some((each) => each.kind === "gate" && each.at === gate);
      return fails ? { kind: "failed", status: 1 } : { kind: "passed" };
    },
    killed: death.died,
    close: () => {
      isClosed = true;
      return Promise.all(underWay);
    },
  };
}

/** The end that no run hears of. */
function createDeath() {
  let isDead = false;
  let resolve: (value: false) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const died = new Promise<false>((...ways) => {
    [resolve, reject] = ways;
  });
  return {
    died,
    isDead: () => isDead,
    die: () => {
      isDead = true;
      resolve(false);
    },
    despair: (words: string) => {
      isDead = true;
      reject(new Error(words));
    },
  };
}

function forever(): Promise<never> {
  return new Promise(() => {});
}
