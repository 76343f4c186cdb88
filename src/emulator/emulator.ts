import { answerJson } from "./answers.ts";
import { createArmedFaults } from "./armed-faults.ts";
import { type Behaviour, likelyBehaviour } from "./behaviour.ts";
import { readCall } from "./call.ts";
import { type Control, createControl } from "./control.ts";
import type { EmulatorOptions } from "./emulator-options.ts";
import type { Fault } from "./faults.ts";
import { newRequestId } from "./ids.ts";
import type { Json } from "./json.ts";
import { createKeptBackend } from "./kept-backend.ts";
import { createMiddleware } from "./middleware.ts";
import { createPostponed } from "./postponed.ts";
import { untilAborted } from "./until-aborted.ts";

/** A request as it arrived, and the status of its answer, once it has one. */
export type LoggedRequest = {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly body: Json | undefined;
  readonly status: number | undefined;
};

/** Mistral's Agents API as a server, in this process. */
export type Emulator = {
  /** Answers a request. Rejects with a TypeError if the connection is lost, as the network does. */
  readonly fetch: (request: Request) => Promise<Response>;
  readonly requests: readonly LoggedRequest[];
  readonly clearRequests: () => void;
  readonly faults: { readonly add: (fault: Fault) => void; readonly clear: () => void };
  /** Adds a hook that is awaited before a request is handled; `index` is the request's index in `requests`. */
  readonly onRequest: (
    hook: (request: LoggedRequest, index: number) => void | Promise<void>,
  ) => void;
  readonly control: Control;
  readonly setBehaviour: (change: Partial<Behaviour>) => void;
  /** Settles when every change so far is saved; rejects if one could not be saved. */
  readonly saved: () => Promise<void>;
};

type Hook = Parameters<Emulator["onRequest"]>[0];
type Writable<Of> = { -readonly [Name in keyof Of]: Of[Name] };

/** Makes an emulator, with an empty workspace or the saved one. */
export function createEmulator(options: EmulatorOptions): Emulator {
  let behaviour: Behaviour = { ...likelyBehaviour, ...options.behaviour };
  const requests: Writable<LoggedRequest>[] = [];
  const hooks: Hook[] = [];
  const faults = createArmedFaults();
  const postponed = createPostponed();
  const { backend, commit, saved } = createKeptBackend(options, () => behaviour);
  const middleware = createMiddleware({
    commit,
    behaviour: () => behaviour,
    faults,
    postponed,
    now: options.now,
  });

  const answer = async (request: Request): Promise<Response> => {
    const call = await readCall(request);
    if (call === undefined) return answerJson({ detail: "Request body is too large" }, 413);
    const { method, path, body } = call;
    const logged: Writable<LoggedRequest> = { method, path, body, status: undefined };
    const index = requests.push(logged) - 1;
    for (const hook of hooks) await hook(logged, index);
    if (behaviour.latency_ms > 0) await options.sleep?.(behaviour.latency_ms);
    const finish = postponed.duringRequest();
    try {
      const response = await middleware(call);
      logged.status = response.status;
      response.headers.set("x-kong-request-id", newRequestId(options));
      if (behaviour.deprecation_headers === "sent") {
        response.headers.set("deprecation", "@1793491200");
        response.headers.set("sunset", "Mon, 01 Mar 2027 00:00:00 GMT");
      }
      return response;
    } finally {
      await finish();
    }
  };

  return {
    fetch: async (request) => {
      request.signal.throwIfAborted();
      return untilAborted(request.signal, answer(request));
    },
    requests,
    clearRequests: () => {
      requests.length = 0;
    },
    faults,
    onRequest: (hook) => {
      hooks.push(hook);
    },
    control: createControl(backend),
    setBehaviour: (change) => {
      behaviour = { ...behaviour, ...change };
    },
    saved,
  };
}
