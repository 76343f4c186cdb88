import type { RepointRequest } from "../commands/repoint.ts";
import { approveInTerminal } from "./approve-in-terminal.ts";
import { carryingOf } from "./carrying.ts";
import type { OpenedCheckout } from "./checkout.ts";
import type { OpenedBinding } from "./open-bindings.ts";
import { pinWriter } from "./pin-writer.ts";
import type { Session } from "./session.ts";

/** What `promote` and `rollback` are handed. */
export async function repointingOf(
  session: Session,
  project: OpenedBinding,
): Promise<RepointRequest & { readonly opened: OpenedCheckout }> {
  const { invocation } = session;
  const { config, server, reader } = project;
  const isApproved = invocation.has("auto-approve");
  return {
    ...(await carryingOf(session, project)),
    desired: config.bound,
    aliasNames: config.aliases,
    server,
    reader,
    approve: isApproved ? undefined : approveInTerminal(session),
    preparePins: invocation.has("write") ? await pinWriter(session, config) : undefined,
  };
}
