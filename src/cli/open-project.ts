import type { Reader, Writer } from "../agent/ports.ts";
import type { RequestNote } from "../remote/request-note.ts";
import { systemClock } from "./clock.ts";
import { countFlag, durationFlag } from "./flag-values.ts";
import { Misuse, seeHelp } from "./invocation.ts";
import { type OpenedConfig, openConfig, variable } from "./open-config.ts";
import type { Session } from "./session.ts";
import { version } from "./version.ts";

const publicServer = "https://api.mistral.ai";

/** A configuration with the server it is for. */
export type OpenedProject = {
  readonly config: OpenedConfig;
  readonly server: string;
  readonly parallelism: number;
  readonly reader: Reader;
  readonly writer: Writer;
  readonly close: () => Promise<void>;
};

/** Opens what every command needs that talks to a server; undefined, and told, when something is missing. */
export async function openProject(
  session: Session,
  opened?: OpenedConfig,
): Promise<OpenedProject | undefined> {
  const { invocation, stopper, emit } = session;
  const parallelism = countFlag(invocation, "parallelism", 8, 1);
  const requestTimeoutMs = durationFlag(invocation, "request-timeout", 30_000);
  const [remote, { serverUrlProblem }] = await Promise.all([
    import("../remote/remote.ts"),
    import("../remote/server-url.ts"),
  ]);
  const isLocal = invocation.has("local");
  const server = invocation.value("server-url") ?? variable("AGENTVANE_SERVER_URL") ?? publicServer;
  const problem = isLocal ? undefined : serverUrlProblem(server);
  if (problem !== undefined) throw new Misuse(problem, seeHelp(invocation.command));

  const config = opened ?? (await openConfig(session));
  if (config === undefined) return undefined;
  const apiKey = isLocal ? "local" : variable(config.apiKeyVariable)?.trim();
  if (apiKey === undefined) {
    emit({ kind: "key_missing", variable: config.apiKeyVariable });
    return undefined;
  }
  if (!isLocal) session.mask([apiKey]);
  const local = isLocal ? await openLocal(config.folder) : undefined;
  const { reader, writer, close } = await remote.connect({
    serverUrl: local === undefined ? server : "http://127.0.0.1",
    apiKey,
    userAgent: `agentvane/${version}`,
    clock: systemClock,
    random: Math.random,
    parallelism,
    requestTimeoutMs,
    signal: stopper.signal,
    timeLeft: stopper.left,
    proxyVariables: process.env,
    observe: (note) => tellRequest(session, note),
    ...(local !== undefined && {
      fetch: (url: string, init: RequestInit) => local.fetch(new Request(url, init)),
    }),
  });
  return {
    config,
    server: local === undefined ? server : "local",
    parallelism,
    reader,
    writer,
    close: async () => {
      close();
      await local?.saved();
    },
  };
}

async function openLocal(folder: string) {
  const { openLocalEmulator } = await import("./local-emulator.ts");
  return openLocalEmulator(folder);
}

function tellRequest({ invocation, emit, masked }: Session, note: RequestNote): void {
  if (note.kind === "waiting") {
    const { method, path, waitMs, reason } = note;
    emit({ kind: "waiting", method, path, ms: waitMs, reason });
  }
  if (invocation.has("debug")) process.stderr.write(masked(`debug: ${JSON.stringify(note)}\n`));
}
