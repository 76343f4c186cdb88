import { type ApiFailure, isApiError } from "../agent/api-error.ts";
import { isWorkspace } from "../agent/caller.ts";
import type { AgentKey } from "../agent/identity.ts";
import { modelNames } from "../agent/model.ts";
import type { Reader } from "../agent/ports.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { tagsOf } from "../agent/tags.ts";
import { isOurs } from "../plan/identify.ts";
import { type ModelUse, modelNotes } from "../plan/model-notes.ts";
import type { DoctorCheck, Listing } from "./doctor-check.ts";
import type { Emit } from "./event.ts";
import { type Preflight, preflightChecks } from "./preflight.ts";

/** What is recorded of an answer, without its body. */
export type SeenAnswer = {
  readonly path: string;
  readonly status: number;
  /** The Date header, and our time when the answer arrived; in milliseconds. */
  readonly serverTime: number | undefined;
  readonly ourTime: number;
};

export type DoctorRequest = {
  readonly around: Preflight;
  /** The server's address for output. */
  readonly server: string;
  /** Opens the connection to the server; undefined without a key. */
  readonly open: (() => Promise<Reader>) | undefined;
  /** The answers so far. */
  readonly answers: () => readonly SeenAnswer[];
  /** Whether the run was asked to stop: a failure then says nothing about the server. */
  readonly isStopped: () => boolean;
};

/** A smaller difference of clocks is ignored: the header has whole seconds, and an answer takes time. */
const clockTolerance = 30_000;

/** `agentvane doctor`: checks the setup, reports each result at once, and changes nothing. */
export async function runDoctor(request: DoctorRequest, emit: Emit): Promise<void> {
  const findings: DoctorCheck[] = [];
  const report = (finding: DoctorCheck) => {
    findings.push(finding);
    emit({ kind: "checked", finding });
  };
  for (const finding of preflightChecks(request.around)) report(finding);
  if (request.open !== undefined) await examineServer(request, request.open, report);
  emit({ kind: "diagnosed", findings });
}

type Report = (finding: DoctorCheck) => void;

async function examineServer(
  request: DoctorRequest,
  open: () => Promise<Reader>,
  report: Report,
): Promise<void> {
  const { server, around, answers } = request;
  const look = async () => {
    const reader = await open();
    return { reader, agents: await reader.agents() };
  };
  const found = await attempt(request, look);
  if (found.kind === "failed") {
    report(listingFailure(request, found.failure));
    if (answers().length > 0) report(clockFinding(answers()));
    return;
  }
  const { reader, agents } = found.value;
  report({ kind: "server_fit", server, listing: listingOf(answers()) });
  report(clockFinding(answers()));
  const own = ownAgents(around, agents);
  report({ kind: "agents_listed", visible: agents.length, own: own?.length });
  const [first] = own === undefined || own.length === 0 ? agents : own;
  report(await workspaceFinding(request, reader));
  report(await aliasFinding(request, reader, first));
  for (const finding of await modelFindings(request, reader, own)) report(finding);
}

type Attempted<Value> =
  | { readonly kind: "done"; readonly value: Value }
  | { readonly kind: "failed"; readonly failure: ApiFailure };

async function attempt<Value>(
  { isStopped }: DoctorRequest,
  act: () => Promise<Value>,
): Promise<Attempted<Value>> {
  try {
    return { kind: "done", value: await act() };
  } catch (error) {
    if (!isApiError(error) || isStopped()) throw error;
    return { kind: "failed", failure: error.failure };
  }
}

/** A key with invalid characters is refused before it is sent. */
function listingFailure({ server, around }: DoctorRequest, failure: ApiFailure): DoctorCheck {
  const { kind, status } = failure;
  const { extraCertificates } = around;
  if (kind === "forbidden" && status !== 403) return { kind: "key_refused", server, failure };
  if (status === undefined) {
    const proxy = around.proxy?.isUsed === true ? around.proxy : undefined;
    return {
      kind: "server_unreached",
      server,
      failure,
      proxy: proxy && { variable: proxy.variable, host: proxy.host },
      extraCertificates,
    };
  }
  return { kind: "agents_unlisted", failure };
}

function listingOf(answers: readonly SeenAnswer[]): Listing {
  const wentOn = answers.some(({ path, status }) => /^\/v1\/agents\?/.test(path) && status === 200);
  return wentOn ? "numbers" : "tokens";
}

function clockFinding(answers: readonly SeenAnswer[]): DoctorCheck {
  const told = answers.findLast(({ serverTime }) => serverTime !== undefined);
  if (told?.serverTime === undefined) return { kind: "clock_untold" };
  const aheadMs = told.ourTime - told.serverTime;
  return Math.abs(aheadMs) < clockTolerance
    ? { kind: "clock_right" }
    : { kind: "clock_off", aheadMs };
}

function ownAgents(
  { config }: Preflight,
  agents: readonly RemoteAgent[],
): readonly RemoteAgent[] | undefined {
  if (config.kind === "invalid") return undefined;
  const { desired } = config.config;
  return agents.filter((agent) => isOurs(tagsOf(agent), desired));
}

/** Best effort: the endpoint is new, and only a comparison depends on it. */
async function workspaceFinding(request: DoctorRequest, reader: Reader): Promise<DoctorCheck> {
  const { config } = request.around;
  const expected = config.kind === "loaded" ? config.config.workspace : undefined;
  const found = await attempt(request, () => reader.caller());
  const caller = found.kind === "done" ? found.value : undefined;
  const workspace = caller?.workspace;
  if (workspace === undefined) return { kind: "workspace_untold", expected };
  return expected === undefined || isWorkspace(workspace, expected)
    ? { kind: "workspace_known", workspace, organization: caller?.organization }
    : { kind: "workspace_other", workspace, expected };
}

async function aliasFinding(
  request: DoctorRequest,
  reader: Reader,
  agent: RemoteAgent | undefined,
): Promise<DoctorCheck> {
  if (agent === undefined) return { kind: "aliases_unasked" };
  const listed = await attempt(request, () => reader.aliases(agent.id));
  if (listed.kind === "done") return { kind: "aliases_listed" };
  return { kind: "aliases_unlisted", failure: listed.failure };
}

async function modelFindings(
  request: DoctorRequest,
  reader: Reader,
  own: readonly RemoteAgent[] | undefined,
): Promise<readonly DoctorCheck[]> {
  const listed = await attempt(request, () => reader.models());
  if (listed.kind === "failed") return [{ kind: "models_unlisted", failure: listed.failure }];
  const notes = modelNotes(usesOf(request.around, own), listed.value);
  return [
    { kind: "models_listed", count: modelNames(listed.value).length },
    ...notes.map((note): DoctorCheck => ({ kind: "model_noted", note })),
  ];
}

/** The models of the file, and those on the server if the file names none. */
function usesOf(
  { config }: Preflight,
  own: readonly RemoteAgent[] | undefined,
): readonly ModelUse[] {
  const wanted = config.kind === "invalid" ? [] : config.config.desired.agents;
  const declared = wanted.map(({ key, definition: { model, tools } }) => ({ key, model, tools }));
  const keys = new Set<string>(wanted.map(({ key }) => key));
  const others = (own ?? []).flatMap((agent): ModelUse[] => {
    const key = tagsOf(agent)?.key ?? "";
    return keys.has(key) ? [] : [{ key: key as AgentKey, model: agent.model, tools: agent.tools }];
  });
  return [...declared, ...others];
}
