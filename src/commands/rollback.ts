import type { AliasName, Version } from "../agent/identity.ts";
import { commitRecordIn } from "../agent/provenance.ts";
import {
  makeRollbackPlan,
  type RollbackSight,
  type RollbackTarget,
} from "../plan/rollback-plan.ts";
import type { CommitRelations } from "./checkout.ts";
import type { Emit } from "./event.ts";
import { readAliasesOf, readOwnAgents, readTargets } from "./read-fleet.ts";
import { carryOutRepointing, type RepointRequest } from "./repoint.ts";

/** The requested target. */
export type Back =
  | { readonly kind: "release" }
  | { readonly kind: "version"; readonly key: string; readonly version: Version }
  /**
   * `commit` may be abbreviated. `relations` show which commits it contains; if git does not know it, only the commit
   * itself counts.
   */
  | {
      readonly kind: "commit";
      readonly commit: string;
      readonly relations: CommitRelations | undefined;
    };

/** `agentvane rollback ALIAS`: moves an alias back. No version is built, no default moves. */
export async function runRollback(
  request: RepointRequest & { readonly alias: AliasName; readonly back: Back },
  emit: Emit,
): Promise<void> {
  const { desired, server, reader, alias, back } = request;
  emit({ kind: "fetching", again: false });
  const fleet = await readAliasesOf(await readOwnAgents(desired, reader), reader);
  const targets = back.kind === "release" ? await readTargets(fleet, alias, reader) : new Map();
  const histories = back.kind === "commit" ? await readHistories(fleet, request) : new Map();
  const sight = { fleet, targets, histories };
  const { project, environment } = desired;
  const target = await rollbackTargetOf(back, sight);
  const plan = makeRollbackPlan({ server, project, environment }, sight, alias, target);
  await carryOutRepointing(plan, alias, request, emit);
}

async function readHistories(
  fleet: RollbackSight["fleet"],
  { reader }: RepointRequest,
): Promise<RollbackSight["histories"]> {
  return new Map(
    await Promise.all(
      fleet.map(async ({ remote }) => [remote.id, await reader.versions(remote.id)] as const),
    ),
  );
}

async function rollbackTargetOf(back: Back, { histories }: RollbackSight): Promise<RollbackTarget> {
  if (back.kind !== "commit") return back;
  const { commit, relations } = back;
  const recorded = [...histories.values()]
    .flat()
    .flatMap(({ version_message }) => commitRecordIn(version_message)?.commit ?? []);
  const commits = [...new Set(recorded)];
  const named = commits.filter((each) => each.startsWith(commit));
  const related = await relations?.(commits);
  return {
    kind: "commit",
    commit,
    named,
    reaches: (each) => each.startsWith(commit) || related?.get(each) === "ancestor",
  };
}
