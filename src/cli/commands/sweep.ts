import type { KeyedPorts } from "../../commands/joined-ports.ts";
import { runSweep } from "../../commands/sweep.ts";
import { chooseEnvironment, isPattern } from "../../config/choose-environment.ts";
import { optionalDurationFlag } from "../args/flag-values.ts";
import { seeHelp, UsageError } from "../args/invocation.ts";
import { type OpenedBinding, type OpenedKeys, openEachKey } from "../open-bindings.ts";
import type { Session } from "../session.ts";
import { approveInTerminal } from "../terminal/approve.ts";
import { applyContextOf } from "./apply-context.ts";

/**
 * `agentvane destroy --ephemeral`: every key of a pattern must be set, or environments would be missed. With `--env` it
 * deletes only that environment, and needs no other key.
 */
export async function sweep(session: Session): Promise<void> {
  const { invocation, emit } = session;
  if (invocation.list("only").length > 0) {
    throw new UsageError(
      "--ephemeral deletes whole environments, so it excludes --only",
      seeHelp(invocation.command),
    );
  }
  const olderThanMs = optionalDurationFlag(invocation, "older-than");
  const chosen = invocation.value("env");
  const opened = await openEachKey(session, chosen === undefined ? "patterns" : "all");
  if (opened === undefined) return;
  const { project, connections, unread, environments } = opened;
  const [first, ...others] = connections;
  const [missing] = unread;
  try {
    if (missing !== undefined) return emit({ kind: "key_missing", variable: missing });
    if (first === undefined) return;
    const exact = environments.map(({ name }) => name).filter((name) => !isPattern(name));
    if (chosen !== undefined && exact.includes(chosen)) {
      throw new UsageError(
        `--ephemeral does not delete ${chosen}, because agents.yaml names it`,
        `agentvane destroy --env ${chosen} does`,
      );
    }
    const { tools, apply } = await applyContextOf(session, first);
    await runSweep(
      {
        project,
        environment: chosen,
        server: first.server,
        keys: [keyedPorts(opened, first), ...others.map((each) => keyedPorts(opened, each))],
        isKept: (environment) => exact.includes(environment),
        olderThanMs,
        serverNow: first.conversations.serverNow,
        approve: invocation.has("auto-approve") ? undefined : approveInTerminal(session),
        tools,
        apply,
      },
      emit,
    );
  } finally {
    for (const { close } of connections) await close();
  }
}

/** An environment that no pattern matches any more is read with any key that sees it. */
function keyedPorts({ environments, isOne }: OpenedKeys, opened: OpenedBinding): KeyedPorts {
  const { reader, writer, config } = opened;
  const names = environments.map(({ name }) => name);
  const isFor = (environment: string) => {
    const choice = chooseEnvironment(names, environment);
    if (isOne || choice.kind !== "found") return true;
    const declared = environments.find(({ name }) => name === choice.declared);
    return declared?.apiKeyVariable === config.apiKeyVariable;
  };
  return { reader, writer, isFor };
}
