import { type ApiFailure, isApiError } from "../agent/api-error.ts";
import type { AgentId } from "../agent/identity.ts";
import type { Reader, Writer } from "../agent/ports.ts";
import type { Emit } from "./event.ts";
import { type Behaviour, probes, scratchMembers } from "./probe-list.ts";
import { type Bench, isScratch, openBench } from "./scratch.ts";

export type ProbeRequest = {
  readonly reader: Reader;
  readonly writer: Writer;
  /** For the scratch agent; undefined takes one that the server lists. */
  readonly model: string | undefined;
  readonly nonce: string;
  /** Whether the run should end. */
  readonly isStopped: () => boolean;
};

/** Taken when a server lists no model at all. */
const usualModel = "mistral-small-latest";

/**
 * `agentvane doctor --probe`: finds out on a scratch agent how a server behaves where the API is undocumented.
 * What it made, and what an earlier probe that was killed left, is deleted whatever happens; what cannot be is
 * named.
 */
export async function runProbe(request: ProbeRequest, emit: Emit): Promise<void> {
  const { reader, writer, nonce } = request;
  const leftovers = (await reader.agents()).filter(isScratch).map(({ id }) => id);
  const model = request.model ?? (await reader.models())[0]?.id ?? usualModel;
  const bench = openBench(reader, writer, model, nonce);
  emit({ kind: "probe_started" });
  try {
    await askAll(bench, request, emit);
  } catch (error) {
    if (!isApiError(error)) throw error;
    emit({ kind: "probe_failed", failure: error.failure });
  } finally {
    const late = await seenScratch(reader);
    for (const id of new Set([...leftovers, ...bench.made(), ...late]))
      await remove(writer, id, emit);
  }
}

async function askAll(bench: Bench, { isStopped }: ProbeRequest, emit: Emit): Promise<void> {
  const scratch = await bench.set(scratchMembers);
  const found: { readonly name: (typeof probes)[number]["name"]; readonly value: Behaviour }[] = [];
  for (const { name, find } of probes) {
    if (isStopped()) return;
    found.push({ name, value: await find(scratch) });
  }
  emit({ kind: "probed", found });
}

/** A create whose answer was lost is known by its mark alone. */
async function seenScratch(reader: Reader): Promise<readonly AgentId[]> {
  try {
    return (await reader.agents()).filter(isScratch).map(({ id }) => id);
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
