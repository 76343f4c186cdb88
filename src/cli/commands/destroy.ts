import { runDestroy } from "../../commands/destroy.ts";
import { keysFlag } from "../args/flag-values.ts";
import { seeHelp, UsageError } from "../args/invocation.ts";
import { openBinding } from "../open-bindings.ts";
import type { Session } from "../session.ts";
import { approveInTerminal } from "../terminal/approve.ts";
import { applyContextOf } from "./apply-context.ts";
import { sweep } from "./sweep.ts";

/** `agentvane destroy` */
export async function run(session: Session): Promise<void> {
  const { invocation, emit } = session;
  if (invocation.has("ephemeral")) return await sweep(session);
  if (invocation.value("older-than") !== undefined) {
    throw new UsageError("--older-than goes with --ephemeral", seeHelp(invocation.command));
  }
  const project = await openBinding(session);
  if (project === undefined) return;
  const { config, server, reader } = project;
  const approve = invocation.has("auto-approve") ? undefined : approveInTerminal(session);
  try {
    const { tools, apply } = await applyContextOf(session, project);
    const only = keysFlag(invocation, "only");
    const { bound: desired, isPartlyRead } = config;
    await runDestroy({ desired, server, reader, tools, apply, only, approve, isPartlyRead }, emit);
  } finally {
    await project.close();
  }
}
