import { randomBytes } from "node:crypto";
import type { Approval } from "../commands/apply.ts";
import { runApply } from "../commands/apply.ts";
import { approveInTerminal } from "./approve-in-terminal.ts";
import { systemClock } from "./clock.ts";
import { choiceFlag, countFlag, durationFlag, updateLimitFlag } from "./flag-values.ts";
import { openProject } from "./open-project.ts";
import { planFlags } from "./plan-flags.ts";
import { provenance } from "./provenance.ts";
import type { Session } from "./session.ts";

/** `agentvane apply` */
export async function run(session: Session): Promise<void> {
  const { invocation, stopper, emit } = session;
  const options = planFlags(invocation);
  const limits = {
    maxDeletes: countFlag(invocation, "max-deletes", 3, 0),
    maxUpdates: updateLimitFlag(invocation),
    allowEmpty: invocation.has("allow-empty"),
  };
  const approval = approvalFlags(session);
  const settleMs = durationFlag(invocation, "settle", 20_000);
  const project = await openProject(session);
  if (project === undefined) return;
  const { config, server, reader, writer, parallelism } = project;
  const apply = {
    parallelism,
    settleMs,
    release: releaseId(),
    nonce: randomBytes(8).toString("hex"),
    provenance: provenance(config.folder),
    timeLeft: stopper.left,
    stopped: stopper.reason,
  };
  const tools = { writer, clock: systemClock, reveal: config.reveal };
  const { desired } = config;
  try {
    await runApply({ desired, server, reader, options, tools, apply, limits, approval }, emit);
  } finally {
    await project.close();
  }
}

function approvalFlags(session: Session): Approval {
  const onDrift = choiceFlag(session.invocation, "on-drift", ["fail", "overwrite"], "fail");
  if (session.invocation.has("auto-approve")) return { kind: "automatic", onDrift };
  return { kind: "ask", approve: (plan) => approveInTerminal(session, plan) };
}

/** One id per apply: when it was, and enough chance to be the only one of its second. */
function releaseId(): string {
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  return `${time}-${randomBytes(3).toString("hex")}`;
}
