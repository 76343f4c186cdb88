import type { Behaviour } from "../../src/emulator/behaviour.ts";
import { createEmulator, type Emulator } from "../../src/emulator/emulator.ts";
import type { EmulatorOptions } from "../../src/emulator/emulator-options.ts";
import type { JsonObject } from "../../src/emulator/json.ts";

/** What came back: the status, and the body as JSON, text or nothing. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into bodies without spelling out their types
export type Answer = { readonly status: number; readonly body: any; readonly headers: Headers };

export type Caller = {
  readonly emulator: Emulator;
  readonly call: (method: string, path: string, body?: unknown) => Promise<Answer>;
  /** Creates an agent and returns its id. */
  readonly create: (body?: JsonObject) => Promise<string>;
  /** Moves the clock of the server. */
  readonly pass: (milliseconds: number) => void;
};

const start = Date.UTC(2026, 2, 13, 14, 21, 20, 648);

/** An emulator with a clock that stands still and chance that counts, called in process. */
export function callEmulator(
  behaviour: Partial<Behaviour> = {},
  options: Partial<EmulatorOptions> = {},
): Caller {
  let now = start;
  const emulator = createEmulator({
    behaviour,
    now: () => new Date(now),
    randomBytes: countingBytes(),
    ...options,
  });
  const call: Caller["call"] = async (method, path, body) =>
    readAnswer(await emulator.fetch(request(method, path, body)));
  return {
    emulator,
    call,
    create: async (body = {}) =>
      (await call("POST", "/v1/agents", { model: "m", name: "n", ...body })).body.id,
    pass: (milliseconds) => {
      now += milliseconds;
    },
  };
}

export function request(method: string, path: string, body?: unknown, signal?: AbortSignal) {
  return new Request(`http://emulator.test${path}`, {
    method,
    headers: { authorization: "Bearer any-key", "content-type": "application/json" },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    ...(signal !== undefined && { signal }),
  });
}

export async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get("content-type") === "application/json";
  const body = isJson ? JSON.parse(text) : text;
  return { status: response.status, body, headers: response.headers };
}

export function countingBytes(): (count: number) => Uint8Array {
  let counter = 0;
  return (count) => {
    counter += 1;
    const bytes = new Uint8Array(count);
    new DataView(bytes.buffer).setUint32(count - 4, counter);
    return bytes;
  };
}
