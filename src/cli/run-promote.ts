import type { AliasName } from "../agent/identity.ts";
import { runPromote } from "../commands/promote.ts";
import { keysFlag } from "./flag-values.ts";
import { Misuse, seeHelp } from "./invocation.ts";
import { openBinding } from "./open-bindings.ts";
import { repointingOf } from "./repointing.ts";
import type { Session } from "./session.ts";

/** `agentvane promote FROM TO` */
export async function run(session: Session): Promise<void> {
  const { invocation, emit } = session;
  const [from, to] = invocation.positionals;
  if (from === undefined || to === undefined || from === to) {
    throw new Misuse("promote needs two aliases, FROM and TO", seeHelp(invocation.command));
  }
  const project = await openBinding(session);
  if (project === undefined) return;
  try {
    const promotion = {
      from: from as AliasName,
      to: to as AliasName,
      only: keysFlag(invocation, "only"),
      allowForeign: invocation.has("allow-foreign"),
    };
    await runPromote({ ...(await repointingOf(session, project)), promotion }, emit);
  } finally {
    await project.close();
  }
}
