import type { AgentId, AgentKey, AliasName, Version } from "../agent/identity.ts";
import type { Pointer } from "./event.ts";
import type { Run } from "./run.ts";
import { StepError } from "./step-error.ts";

/** A pointer that this apply moved, or may have moved: what it takes to put it back. */
export type MovedPointer = {
  readonly key: AgentKey;
  readonly id: AgentId;
  readonly pointer: Pointer;
  readonly from: Version | undefined;
  readonly to: Version | undefined;
};

/** Where an alias of an agent stands now; undefined when there is none. */
export async function readAlias(
  run: Run,
  id: AgentId,
  alias: AliasName,
): Promise<Version | undefined> {
  const standing = await run.reader.aliases(id);
  return standing.find((each) => each.alias === alias)?.version;
}

/** Points an alias at a version, or takes it away, and checks the server's word for it. */
export async function pointAlias(
  run: Run,
  id: AgentId,
  alias: AliasName,
  to: Version | undefined,
): Promise<void> {
  if (to === undefined) return run.writer.removeAlias(id, alias);
  const { version } = await run.writer.setAlias(id, alias, to);
  if (version !== to) {
    throw new StepError({ kind: "pointer_moved", expected: to, found: version });
  }
}

/** What became of a pointer: back where it was, never moved away, or moved on by somebody else. */
export type PutBack = "put_back" | "untouched" | "left_to_others";

/** Puts a pointer back to where it stood, if it still stands where this apply put it. */
export async function putBack(run: Run, { id, pointer, from, to }: MovedPointer): Promise<PutBack> {
  const found =
    pointer === "@default"
      ? (await run.reader.agent(id)).version
      : await readAlias(run, id, pointer);
  if (found === from) return "untouched";
  if (found !== to) return "left_to_others";
  if (pointer !== "@default") await pointAlias(run, id, pointer, from);
  else if (from !== undefined) await run.writer.switchVersion(id, from);
  return "put_back";
}
