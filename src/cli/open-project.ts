import path from "node:path";
import type { Conversations, Reader, Writer } from "../agent/ports.ts";
import type { ConfigEvent } from "../commands/config-event.ts";
import type { ServerEvent } from "../commands/server-event.ts";
import { isInWorkspace } from "../commands/workspace.ts";
import type { Mask } from "../mask/mask.ts";
import { connect } from "../remote/remote.ts";
import type { RequestNote } from "../remote/request-note.ts";
import { serverUrlProblem } from "../remote/server-url.ts";
import { apiDeprecation } from "./api-deprecation.ts";
import { countFlag, durationFlag } from "./args/flag-values.ts";
import { type Invocation, seeHelp, UsageError } from "./args/invocation.ts";
import { systemClock } from "./clock.ts";
import { type OpenedConfig, openConfig } from "./open-config.ts";
import type { Session } from "./session.ts";
import { variable } from "./variable.ts";
import { version } from "./version.ts";

const publicServer = "https://api.mistral.ai";

/** The parts of a configuration that opening a server needs. */
type Keyed = {
  readonly folder: string;
  readonly apiKeyVariable: string;
  readonly workspace: string | undefined;
};

/** A configuration with its server. */
export type Connected<Config extends Keyed> = {
  readonly config: Config;
  readonly server: string;
  readonly parallelism: number;
  readonly reader: Reader;
  readonly writer: Writer;
  readonly conversations: Conversations;
  readonly close: () => Promise<void>;
};

/** A project with its complete configuration. */
export type OpenedProject = Connected<OpenedConfig>;

/** Opens what a command needs that defines agents on a server; undefined, with events, if something is missing. */
export async function openProject(
  session: Session<ConfigEvent | ServerEvent>,
  opened?: OpenedConfig,
): Promise<OpenedProject | undefined> {
  return await connectedBy(session, async () => opened ?? (await openConfig(session)));
}

/** The same for any part of a configuration. */
export async function connectedBy<Config extends Keyed>(
  session: Session<ServerEvent>,
  open: () => Promise<Config | undefined>,
): Promise<Connected<Config> | undefined> {
  const { invocation, emit } = session;
  const pace = paceOf(invocation);
  const server = await chosenServer(invocation);
  const config = await open();
  if (config === undefined) return undefined;
  const isLocal = invocation.has("local");
  const apiKey = isLocal ? undefined : apiKeyIn(config.apiKeyVariable);
  if (apiKey === undefined && !isLocal) {
    emit({ kind: "key_missing", variable: config.apiKeyVariable });
    return undefined;
  }
  const { folder, workspace } = config;
  const ports = await openServer(session, { folder, server, apiKey, pace });
  let isUsable = workspace === undefined || isLocal;
  try {
    if (workspace !== undefined && !isLocal) {
      isUsable = await isInWorkspace(workspace, ports.reader, emit);
    }
  } finally {
    if (!isUsable) await ports.close();
  }
  return isUsable ? { config, server, parallelism: pace.parallelism, ...ports } : undefined;
}

/** The server from the command line or the environment; "local" for the one in this process. */
export async function chosenServer(invocation: Invocation): Promise<string> {
  if (invocation.has("local")) return "local";
  const server = invocation.value("server-url") ?? variable("AGENTVANE_SERVER_URL") ?? publicServer;
  const problem = serverUrlProblem(server);
  if (problem !== undefined) throw new UsageError(problem, seeHelp(invocation.command));
  return server;
}

/** The key in a variable, without the white space around it; undefined if there is none. */
export function apiKeyIn(name: string): string | undefined {
  return variable(name)?.trim() || undefined;
}

/** The ports to a server, and a way to close them. Nothing is sent yet. */
export type OpenedServer = Pick<OpenedProject, "reader" | "writer" | "conversations" | "close">;

/** How many requests may be in flight, and how long each may take. */
export type Pace = { readonly parallelism: number; readonly requestTimeoutMs: number };

/** The pace that the command line sets. */
export function paceOf(invocation: Invocation): Pace {
  return {
    parallelism: countFlag(invocation, "parallelism", 8, 1),
    requestTimeoutMs: durationFlag(invocation, "request-timeout", 30_000),
  };
}

/** A server and how to reach it; without a key it is the emulator, with its data in the folder. */
export type ConnectionOptions = {
  readonly folder: string;
  readonly server: string;
  readonly apiKey: string | undefined;
  readonly pace: Pace;
  readonly watch?: (note: RequestNote) => void;
};

/** Opens the connection to a server. */
export async function openServer(
  session: Session<ServerEvent>,
  { folder, server, apiKey, pace, watch = () => {} }: ConnectionOptions,
): Promise<OpenedServer> {
  const { shutdown, emit } = session;
  const script = session.invocation.value("conversations");
  const local = apiKey === undefined ? await openLocal(session, folder, script) : undefined;
  const { reader, writer, conversations, close } = await connect({
    serverUrl: local === undefined ? server : "http://127.0.0.1",
    apiKey: apiKey ?? "local",
    userAgent: `agentvane/${version}`,
    clock: systemClock,
    random: Math.random,
    ...pace,
    signal: shutdown.signal,
    timeLeft: shutdown.left,
    proxyVariables: process.env,
    mask: (text) => session.mask().text(text),
    observe: (note) => {
      watch(note);
      const deprecation = apiDeprecation(note);
      if (deprecation !== undefined) emit(deprecation);
      tellRequest(session, note);
    },
    ...(local !== undefined && {
      fetch: (url, init) => local.fetch(new Request(url, init)),
    }),
  });
  return {
    reader,
    writer,
    conversations,
    close: async () => {
      close();
      await local?.saved();
    },
  };
}

async function openLocal(
  { emit, results }: Session<ServerEvent>,
  folder: string,
  script: string | undefined,
) {
  const { openLocalEmulator, readScript } = await import("./local-emulator.ts");
  const data = path.join(folder, ".agentvane", "local.json");
  results.protect(script === undefined ? [data] : [data, script]);
  return openLocalEmulator(folder, {
    onWait: (file) => emit({ kind: "data_busy", path: path.relative(folder, file) }),
    ...(script !== undefined && { conversations: readScript(script) }),
  });
}

/** Masked as values before the line becomes JSON, so that it is valid JSON with any key. */
function debugLine(note: RequestNote, mask: Mask): string {
  const shown = Object.entries(note).map(([name, value]: [string, unknown]) => {
    return [name, typeof value === "string" ? mask.own(value) : value];
  });
  return `debug: ${JSON.stringify(Object.fromEntries(shown))}\n`;
}

function tellRequest(
  { invocation, streams, emit, mask, noteAnswer }: Session<ServerEvent>,
  note: RequestNote,
): void {
  if (note.kind === "answered") noteAnswer();
  if (note.kind === "waiting") {
    const { method, path, waitMs, reason } = note;
    emit({ kind: "waiting", method, path, ms: waitMs, reason });
  }
  if (invocation.has("debug")) streams.err.write(debugLine(note, mask()));
}
