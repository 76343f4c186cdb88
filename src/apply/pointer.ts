import { isApiError } from "../agent/api-error.ts";
import type { AgentId, AliasName, Pointer, Version } from "../agent/identity.ts";
import type { RemoteAlias } from "../agent/remote-agent.ts";
import { awaitReturn, timeLeftUntil } from "./await-return.ts";
import type { MovedPointer, Run } from "./run.ts";
import { StepError } from "./step-error.ts";

/** Where a pointer of an agent stands now; undefined when there is no such alias. */
export async function readPointer(
  run: Run,
  id: AgentId,
  pointer: Pointer,
): Promise<Version | undefined> {
  if (pointer === "@default") return (await run.reader.agent(id)).version;
  return (await readAlias(run, id, pointer))?.version;
}

/** An alias of an agent as it stands now; undefined when there is no such alias. */
export async function readAlias(
  run: Run,
  id: AgentId,
  alias: AliasName,
): Promise<RemoteAlias | undefined> {
  const standing = await run.reader.aliases(id);
  return standing.find((each) => each.alias === alias);
}

/**
 * Points at a version, or takes an alias away, and checks the server's word for it. Where the answer does not
 * come, however often it is asked, the pointer itself is looked at: taking a move that was done for one that
 * failed would leave the alias and the default telling different stories.
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
    // Nothing was learnt, and the failure of the move says more than that of this look.
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
    // A default cannot be taken away; an agent that had none before is new, and stays as it is.
    return to === undefined ? undefined : (await writer.switchVersion(id, to)).version;
  }
  if (to !== undefined) return (await writer.setAlias(id, pointer, to)).version;
  await writer.removeAlias(id, pointer).catch((error: unknown) => {
    // Another run that reverts the same release may have been quicker.
    if (!isApiError(error, "missing")) throw error;
  });
  return undefined;
}

/** What became of a pointer: back where it was, never moved away, or moved on by somebody else, to whom it is left. */
export type Reversal =
  | { readonly kind: "reverted" | "untouched" }
  | { readonly kind: "left_to_others"; readonly found: Version | undefined };

/** Until when a default that another run has taken may come back, and who has to know that a move begins. */
type ReversalOptions = { readonly end: number; readonly begin: () => void };

/** Puts a pointer back to where it stood, if it still stands where this apply put it, or comes back to it. */
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
