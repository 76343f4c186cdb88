import { type ApiFailure, isApiError } from "../agent/api-error.ts";
import type { AgentId } from "../agent/identity.ts";
import type { Reader, Writer } from "../agent/ports.ts";
import type { Emit } from "./event.ts";
import { isProbeAgent, openProbeAgents, type ProbeAgents } from "./probe-agent.ts";
import { type ProbeResult, probeAgentMembers, probes } from "./probe-list.ts";

export type ProbeRequest = {
  readonly reader: Reader;
  readonly writer: Writer;
  /** The model of the probe agent; undefined takes one from the server's list. */
  readonly model: string | undefined;
  readonly nonce: string;
  /** Whether the run was asked to stop. */
  readonly isStopped: () => boolean;
};

/** Used if a server lists no model. */
const usualModel = "mistral-small-latest";

/**
 * `agentvane doctor --probe`: finds out on a probe agent how a server behaves where the API is undocumented. Always
 * deletes what it made, and what an earlier probe that was killed left; reports what cannot be deleted.
 */
export async function runProbe(request: ProbeRequest, emit: Emit): Promise<void> {
  const { reader, writer, nonce } = request;
  const stale = (await reader.agents()).filter(isProbeAgent).map(({ id }) => id);
  const model = request.model ?? (await reader.models())[0]?.id ?? usualModel;
  const probeAgents = openProbeAgents(reader, writer, model, nonce);
  emit({ kind: "probe_started" });
  try {
    await askAll(probeAgents, request, emit);
  } catch (error) {
    if (!isApiError(error)) throw error;
    emit({ kind: "probe_failed", failure: error.failure });
  } finally {
    const late = await seenScratch(reader);
    for (const id of new Set([...stale, ...probeAgents.made(), ...late]))
      await remove(writer, id, emit);
  }
}

async function askAll(
  probeAgents: ProbeAgents,
  { isStopped }: ProbeRequest,
  emit: Emit,
): Promise<void> {
  const agent = await probeAgents.set(probeAgentMembers);
  const found: { readonly name: (typeof probes)[number]["name"]; readonly value: ProbeResult }[] =
    [];
  for (const { name, find } of probes) {
    if (isStopped()) return;
    found.push({ name, value: await find(agent) });
  }
  emit({ kind: "probed", found });
}

/** A create whose answer was lost can be found only by its mark. */
async function seenScratch(reader: Reader): Promise<readonly AgentId[]> {
  try {
    return (await reader.agents()).filter(isProbeAgent).map(({ id }) => id);
  } catch (error) {
    if (isApiError(error)) return [];
    throw error;
  }
}

async function remove(writer: Writer, id: AgentId, emit: Emit): Promise<void> {
  try {
    await writer.remove(id);
  } catch (error) {
    if (!isApiError(error)) throw error;
    if (error.failure.kind === "missing") return;
    const failure: ApiFailure = error.failure;
    emit({ kind: "probe_left", id, failure });
  }
}
