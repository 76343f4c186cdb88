import { runDestroy } from "../commands/destroy.ts";
import { approveInTerminal } from "./approve-in-terminal.ts";
import { carryingOf } from "./carrying.ts";
import { keysFlag } from "./flag-values.ts";
import { openProject } from "./open-project.ts";
import type { Session } from "./session.ts";

/** `agentvane destroy` */
export async function run(session: Session): Promise<void> {
  const { invocation, emit } = session;
  const project = await openProject(session);
  if (project === undefined) return;
  const { config, server, reader } = project;
  const approve = invocation.has("auto-approve") ? undefined : approveInTerminal(session);
  try {
    const { tools, apply } = await carryingOf(session, project);
    const only = keysFlag(invocation, "only");
    const { desired } = config;
    await runDestroy({ desired, server, reader, tools, apply, only, approve }, emit);
  } finally {
    await project.close();
  }
}
