import type { AliasName, Version } from "../../agent/identity.ts";
import { type Back, runRollback } from "../../commands/rollback.ts";
import { countFlag, keysFlag } from "../args/flag-values.ts";
import { type Invocation, seeHelp, UsageError } from "../args/invocation.ts";
import type { OpenedCheckout } from "../git/checkout.ts";
import { openBinding } from "../open-bindings.ts";
import type { Session } from "../session.ts";
import { repointingOf } from "./repointing.ts";

/** `agentvane rollback ALIAS` */
export async function run(session: Session): Promise<void> {
  const { invocation, emit } = session;
  const [alias] = invocation.positionals;
  if (alias === undefined) {
    throw new UsageError("rollback needs an alias", seeHelp(invocation.command));
  }
  checkWay(invocation);
  const project = await openBinding(session);
  if (project === undefined) return;
  try {
    const { opened, ...request } = await repointingOf(session, project);
    const back = await wayBack(invocation, opened);
    await runRollback({ ...request, alias: alias as AliasName, back }, emit);
  } finally {
    await project.close();
  }
}

/** Finds contradictory flags before anything is read. */
function checkWay(invocation: Invocation): void {
  const keys = keysFlag(invocation, "only");
  const isNumbered = invocation.value("to") !== undefined;
  const commit = invocation.value("to-commit");
  if (isNumbered && (commit !== undefined || keys.length !== 1)) {
    throw new UsageError(
      "--to takes exactly one --only KEY, and no --to-commit",
      seeHelp(invocation.command),
    );
  }
  if (!isNumbered && keys.length > 0) {
    throw new UsageError(
      "--only goes with --to; a release is undone as a whole",
      seeHelp(invocation.command),
    );
  }
  if (commit !== undefined && !/^[0-9a-f]{7,64}$/.test(commit)) {
    throw new UsageError(
      `--to-commit ${commit}: expected a commit id with at least 7 characters`,
      seeHelp(invocation.command),
    );
  }
}

async function wayBack(invocation: Invocation, opened: OpenedCheckout): Promise<Back> {
  const commit = invocation.value("to-commit");
  if (commit !== undefined) {
    const whole = await opened.resolve(commit);
    if (whole === undefined) return { kind: "commit", commit, relations: undefined };
    return { kind: "commit", commit: whole, relations: opened.relationsTo(whole) };
  }
  const [key] = keysFlag(invocation, "only");
  if (key === undefined) return { kind: "release" };
  return { kind: "version", key, version: countFlag(invocation, "to", 0, 0) as Version };
}
