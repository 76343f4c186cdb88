import type { RepointRequest } from "../../commands/repoint.ts";
import { chooseEnvironment, isPattern } from "../../config/choose-environment.ts";
import type { OpenedCheckout } from "../git/checkout.ts";
import type { OpenedBinding } from "../open-bindings.ts";
import type { Session } from "../session.ts";
import { approveInTerminal } from "../terminal/approve.ts";
import { applyContextOf } from "./apply-context.ts";
import { pinWriter } from "./pin-writer.ts";

/** What `promote` and `rollback` get. */
export async function repointingOf(
  session: Session,
  project: OpenedBinding,
): Promise<RepointRequest & { readonly opened: OpenedCheckout }> {
  const { invocation } = session;
  const { config, server, reader } = project;
  const isApproved = invocation.has("auto-approve");
  return {
    ...(await applyContextOf(session, project)),
    desired: config.bound,
    aliasNames: config.aliases,
    server,
    reader,
    approve: isApproved ? undefined : approveInTerminal(session),
    pattern: patternOf(config),
    preparePins: invocation.has("write") ? await pinWriter(session, config) : undefined,
  };
}

function patternOf({ environments, bound }: OpenedBinding["config"]): string | undefined {
  const names = environments.map(({ name }) => name);
  const choice = chooseEnvironment(names, bound.environment);
  return choice.kind === "found" && isPattern(choice.declared) ? choice.declared : undefined;
}
