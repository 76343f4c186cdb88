import { type Behaviour, parseSwitches } from "../emulator/behaviour.ts";
import { type ConversationScript, parseScript } from "../emulator/conversation-script.ts";
import { type Fault, parseFault } from "../emulator/faults.ts";
import { listen } from "../emulator/listen.ts";
import { openEmulator } from "./local-emulator.ts";
import { isMachineError } from "./machine-error.ts";

/** What an emulator is started with. Everything may be left out. */
export type StartOptions = {
  /** A port of 127.0.0.1. Left out or 0, it is a free one. */
  readonly port?: number;
  /** Where the server differs from the likely behaviour: names and values of `emulate --switch`. */
  readonly switches?: Partial<Behaviour>;
  /** What goes wrong on purpose: the objects of `emulate --fault`. */
  readonly faults?: readonly Fault[];
  /** What conversations are answered with: the rules of `emulate --conversations`. */
  readonly conversations?: ConversationScript;
  /** A file that keeps the agents. Without one they are gone when the emulator is closed. */
  readonly data?: string;
};

/** An emulator that listens on a port of 127.0.0.1. */
export type StartedEmulator = {
  /** The address to give to a client or to AGENTVANE_SERVER_URL. */
  readonly url: string;
  /** Cuts every connection, frees the port, and resolves when the data file, if there is one, is written. */
  readonly close: () => Promise<void>;
};

export type { Behaviour, ConversationScript, Fault };

/** Total, so that an option without a check does not compile. */
const problems = {
  port: (port) =>
    Number.isInteger(port) && port >= 0 && port <= 65_535
      ? undefined
      : "must be a whole number from 0 to 65535.",
  data: (data) =>
    typeof data === "string" && data !== "" ? undefined : "must be the path of a file.",
  switches: (switches) =>
    whyRefused(() =>
      parseSwitches(Object.entries(switches).map(([name, value]) => `${name}=${value ?? "none"}`)),
    ),
  faults: (faults) =>
    whyRefused(() => [...faults].map((fault) => parseFault(JSON.stringify(fault)))),
  conversations: (rules) => whyRefused(() => parseScript(JSON.stringify(rules))),
} as const satisfies {
  readonly [Name in keyof StartOptions]-?: (
    value: NonNullable<StartOptions[Name]>,
  ) => string | undefined;
};

/**
 * Starts the Agents API on this machine, in this process. Any API key works. Rejects with a plain sentence when an
 * option is not valid, the port is in use, or the data file cannot be used.
 */
export async function startEmulator(options: StartOptions = {}): Promise<StartedEmulator> {
  const { port = 0, switches = {}, faults = [], conversations = [], data } = options;
  refuseUnknown(options);
  const emulator = opened(data, { behaviour: switches, conversations, onWait: () => {} });
  for (const fault of faults) emulator.faults.add(fault);
  // Nobody can ask for them, and a server that runs for long would keep every prompt it was ever sent.
  emulator.onRequest(() => emulator.clearRequests());
  const server = await listen(emulator, { port });
  return {
    url: server.url,
    close: async () => {
      await server.close();
      await emulator.saved();
    },
  };
}

function opened(...what: Parameters<typeof openEmulator>): ReturnType<typeof openEmulator> {
  try {
    return openEmulator(...what);
  } catch (error) {
    throw isMachineError(error) ? new Error(`${error.what}: ${error.message}`) : error;
  }
}

/** Callers from JavaScript have no compiler that tells them of a slip. */
function refuseUnknown(options: StartOptions): void {
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    const problem = Object.hasOwn(problems, name)
      ? problems[name as keyof StartOptions](value as never)
      : `is not known. The options are: ${Object.keys(problems).join(", ")}.`;
    if (problem !== undefined) throw new TypeError(`startEmulator: the option ${name}: ${problem}`);
  }
}

function whyRefused(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
