import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import path from "node:path";
import { runDoctor, type SeenAnswer } from "../../commands/doctor.ts";
import type { Emit } from "../../commands/event.ts";
import type { Preflight } from "../../commands/preflight.ts";
import { runProbe } from "../../commands/probe.ts";
import type { ConfigResult } from "../../config/config.ts";
import type { RequestNote } from "../../remote/request-note.ts";
import { isCommittable, openCheckout } from "../git/checkout.ts";
import { chosenEnvironment, configFile } from "../open-config.ts";
import { apiKeyIn, chosenServer, type OpenedServer, openServer, paceOf } from "../open-project.ts";
import type { Session } from "../session.ts";
import { variable } from "../variable.ts";
import { version } from "../version.ts";
import { proxySeen } from "./proxy-seen.ts";

/** The version in `engines` of package.json. */
const leastNode = "20.19.0";

/** `agentvane doctor` */
export async function run(session: Session): Promise<void> {
  const { invocation, shutdown, emit } = session;
  const pace = paceOf(invocation);
  const server = await chosenServer(invocation);
  const { folder, load, read } = await configFile(invocation);
  const environment = chosenEnvironment(invocation);
  const config = load(environment);
  session.results.protect(read());
  session.addMaskTerms(config.maskTerms);
  const name = keyVariable(config, environment);
  const apiKey = name === undefined ? undefined : apiKeyIn(name);
  const isLocal = server === "local";
  const answers: SeenAnswer[] = [];
  const watch = (note: RequestNote) => void answers.push(...seen(note));
  const connection = { folder, server, apiKey: isLocal ? undefined : apiKey, pace, watch };
  let opened: OpenedServer | undefined;
  const open = async () => {
    opened = await openServer(session, connection);
    return opened.reader;
  };
  const around: Preflight = {
    version,
    node: process.versions.node,
    leastNode,
    file: path.basename(invocation.value("file") ?? "agents.yaml"),
    config,
    checkout: await checkoutOf(folder, shutdown.ended),
    isLocalDataExposed: await isLocalDataExposed(folder, shutdown.ended),
    weakSecrets: session.weakSecrets(),
    key: isLocal ? { kind: "unneeded" } : keyState(name, apiKey),
    extraCertificates: variable("NODE_EXTRA_CA_CERTS"),
    proxy: isLocal ? undefined : proxySeen(server, process.env),
  };
  const isOpen = isLocal || apiKey !== undefined;
  try {
    await runDoctor(
      {
        around,
        server,
        open: isOpen ? open : undefined,
        answers: () => answers,
        isStopped: () => shutdown.reason() !== undefined,
      },
      emit,
    );
    if (invocation.has("probe") && opened !== undefined) await probe(session, opened, config);
  } finally {
    await opened?.close();
  }
}

async function probe(
  { invocation, shutdown, emit, results }: Session,
  { reader, writer }: OpenedServer,
  config: ConfigResult,
): Promise<void> {
  const file = invocation.value("switches");
  const switches = file === undefined ? undefined : await results.open("the switches", file);
  const agents = config.kind === "loaded" ? config.config.desired.agents : [];
  let lines = "";
  const emitNoting: Emit = (event) => {
    if (event.kind === "probed") {
      lines = event.found.map(({ name, value }) => `--switch ${name}=${value}\n`).join("");
    }
    emit(event);
  };
  await runProbe(
    {
      reader,
      writer,
      model: agents[0]?.definition.model,
      nonce: randomBytes(4).toString("hex"),
      isStopped: () => shutdown.reason() !== undefined,
    },
    emitNoting,
  );
  if (lines !== "") await switches?.write(lines);
}

/** Undefined if the file is not valid, and an environment may have a variable of its own. */
function keyVariable(config: ConfigResult, environment: string | undefined): string | undefined {
  if (config.kind === "loaded") return config.config.apiKeyVariable;
  const isUnchosen = config.problems.some(({ code }) => code === "environment_missing");
  return isUnchosen || environment !== undefined ? undefined : "MISTRAL_API_KEY";
}

function keyState(variable: string | undefined, apiKey: string | undefined): Preflight["key"] {
  if (variable === undefined) return { kind: "unknown" };
  return { kind: apiKey === undefined ? "missing" : "set", variable };
}

async function checkoutOf(folder: string, ended: AbortSignal): Promise<Preflight["checkout"]> {
  const { checkout, isShallow } = await openCheckout(folder, ended);
  if (checkout.kind !== "commit") return checkout;
  return { kind: isShallow ? "shallow" : "whole", commit: checkout.head };
}

async function isLocalDataExposed(folder: string, ended: AbortSignal): Promise<boolean> {
  const file = ".agentvane/local.json";
  return existsSync(path.join(folder, file)) && (await isCommittable(folder, file, ended));
}

function seen(note: RequestNote): readonly SeenAnswer[] {
  if (note.kind !== "answered") return [];
  const { path: target, status, date } = note;
  const serverTime = Date.parse(date ?? "");
  return [
    {
      path: target,
      status,
      serverTime: Number.isNaN(serverTime) ? undefined : serverTime,
      ourTime: Date.now(),
    },
  ];
}
