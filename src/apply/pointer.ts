import { isApiError } from "../agent/api-error.ts";
import type { AgentId, AliasName, Pointer, Version } from "../agent/identity.ts";
import type { RemoteAlias } from "../agent/remote-agent.ts";
import { awaitReturn, timeLeftUntil } from "./await-return.ts";
import type { MovedPointer, Run } from "./run.ts";
import { StepError } from "./step-error.ts";

/** The version that a pointer of an agent points to now; undefined if the alias does not exist. */
export async function readPointer(
  run: Run,
  id: AgentId,
  pointer: Pointer,
): Promise<Version | undefined> {
  if (pointer === "@default") return (await run.reader.agent(id)).version;
  return (await readAlias(run, id, pointer))?.version;
}

/** An alias of an agent as it is now; undefined if it does not exist. */
export async function readAlias(
  run: Run,
  id: AgentId,
  alias: AliasName,
): Promise<RemoteAlias | undefined> {
  const standing = await run.reader.aliases(id);
  return standing.find((each) => each.alias === alias);
}

/**
 * Moves a pointer, or removes an alias, and checks the server's answer. If no answer arrives, even after retries, the
 * pointer is read: if a successful move counted as failed, alias and default would disagree.
 */
export async function pointTo(
  run: Run,
  id: AgentId,
  pointer: Pointer,
  to: Version | undefined,
): Promise<void> {
  const found = await move(run, id, pointer, to).catch(async (error: unknown) => {
    if (isApiError(error, "unavailable") && (await isAt(run, id, pointer, to))) return to;
    throw error;
  });
  if (found !== to) throw new StepError({ kind: "pointer_moved", expected: to, found });
}

async function isAt(
  run: Run,
  id: AgentId,
  pointer: Pointer,
  version: Version | undefined,
): Promise<boolean> {
  try {
    return (await readPointer(run, id, pointer)) === version;
  } catch {
    // Nothing was learned, and the failure of the move says more than that of this read.
    return false;
  }
}

async function move(
  { writer }: Run,
  id: AgentId,
  pointer: Pointer,
  to: Version | undefined,
): Promise<Version | undefined> {
  if (pointer === "@default") {
    // A default cannot be removed; an agent that had none before is new, and stays as it is.
    return to === undefined ? undefined : (await writer.switchVersion(id, to)).version;
  }
  if (to !== undefined) return (await writer.setAlias(id, pointer, to)).version;
  await writer.removeAlias(id, pointer).catch((error: unknown) => {
    // Another run that reverts the same release may have been faster.
    if (!isApiError(error, "missing")) throw error;
  });
  return undefined;
}

/** The result for a pointer: reverted, never moved, or moved by another writer, in which case it is left. */
export type Reversal =
  | { readonly kind: "reverted" | "untouched" }
  | { readonly kind: "left_to_others"; readonly found: Version | undefined };

/** How long a default that another run moved may take to come back, and a callback for the start of a move. */
type ReversalOptions = { readonly end: number; readonly begin: () => void };

/** Reverts a pointer if it is still where this apply moved it, or comes back there. */
export async function revertPointer(
  run: Run,
  { id, pointer, from, to }: MovedPointer,
  { end, begin }: ReversalOptions,
): Promise<Reversal> {
  const at = await readPointer(run, id, pointer);
  if (at === from) return { kind: "untouched" };
  begin();
  const isTaken = at !== to && to !== undefined && pointer === "@default";
  const wait = {
    left: () => timeLeftUntil(run, end),
    mayReturnFrom: (version: Version) => version !== from,
  };
  const found = isTaken ? await awaitReturn(run, { id, to, at }, wait) : at;
  if (found !== from && found !== to) return { kind: "left_to_others", found };
  // Another run may have moved it all the way back.
  if (found === to) await pointTo(run, id, pointer, from);
  return { kind: "reverted" };
}
