import { type Behaviour, parseSwitches } from "../emulator/behaviour.ts";
import { type ConversationScript, parseScript } from "../emulator/conversation-script.ts";
import { type Fault, parseFault } from "../emulator/faults.ts";
import { listen } from "../emulator/listen.ts";
import { openEmulator } from "./local-emulator.ts";
import { isMachineError } from "./machine-error.ts";

/** The options of an emulator, all optional. */
export type StartOptions = {
  /** A port of 127.0.0.1; a free one if left out or 0. */
  readonly port?: number;
  /** Switches that differ from the likely behaviour: names and values of `emulate --switch`. */
  readonly switches?: Partial<Behaviour>;
  /** Faults: the objects of `emulate --fault`. */
  readonly faults?: readonly Fault[];
  /** The rules that answer conversations: those of `emulate --conversations`. */
  readonly conversations?: ConversationScript;
  /** A file that keeps the agents. Without it they are lost when the emulator is closed. */
  readonly data?: string;
};

/** An emulator that listens on a port of 127.0.0.1. */
export type StartedEmulator = {
  /** The URL for a client or for AGENTVANE_SERVER_URL. */
  readonly url: string;
  /** Closes every connection, frees the port, and resolves when the data file, if any, is written. */
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
 * Starts an emulator of the Agents API in this process. Any API key works. Rejects with a plain sentence if an option
 * is not valid, the port is in use, or the data file cannot be used.
 */
export async function startEmulator(options: StartOptions = {}): Promise<StartedEmulator> {
  const { port = 0, switches = {}, faults = [], conversations = [], data } = options;
  refuseUnknown(options);
  const emulator = opened(data, { behaviour: switches, conversations, onWait: () => {} });
  for (const fault of faults) emulator.faults.add(fault);
  // The log of requests cannot be read here, and would keep every prompt for the life of the server.
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

/** Unknown options are an error, because JavaScript callers have no compiler to find a typo. */
function refuseUnknown(options: StartOptions): void {
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    const problem = Object.hasOwn(problems, name)
      ? problems[name as keyof StartOptions](value as never)
      : `is unknown. The options are: ${Object.keys(problems).join(", ")}.`;
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
