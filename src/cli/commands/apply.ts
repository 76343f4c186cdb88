import { type Approval, runApply } from "../../commands/apply.ts";
import type { ApprovedPlan } from "../../plan/approved-plan.ts";
import { choiceFlag } from "../args/flag-values.ts";
import { planning } from "../args/flags.ts";
import { seeHelp, UsageError } from "../args/invocation.ts";
import { limitFlags, planFlags, retirement } from "../args/plan-flags.ts";
import { withGateFiles } from "../files/gate-files.ts";
import { commitRules } from "../git/commit-rules.ts";
import { openProject } from "../open-project.ts";
import type { Session } from "../session.ts";
import { approveInTerminal } from "../terminal/approve.ts";
import { applyContextOf } from "./apply-context.ts";
import { checkingOf } from "./checking.ts";
import { openPlanFile } from "./plan-file.ts";

/** `agentvane apply [PLAN]` */
export async function run(session: Session): Promise<void> {
  const { invocation, emit } = session;
  const flags = planFlags(invocation);
  const onDrift = choiceFlag(invocation, "on-drift", ["fail", "overwrite"], "fail");
  const [file] = invocation.positionals;
  if (file !== undefined) refuseOtherChoices(session);
  const saved = file === undefined ? undefined : await openPlanFile(session, file);
  if (file !== undefined && saved === undefined) return;
  const project = await openProject(session);
  if (project === undefined) return;
  const { config, server, reader } = project;
  try {
    const { opened, tools: writing, apply } = await applyContextOf(session, project);
    const tools = { ...writing, checking: await checkingOf(session, project, apply.release) };
    const commits = commitRules(config, opened.checkout);
    const approval = approvalOf(session, saved, onDrift);
    const limits = limitFlags(invocation, config.desired.isEphemeral);
    const options = saved?.options ?? { ...flags, limits };
    const allowRewind = options.allowRewind || flags.allowRewind;
    const desired = withGateFiles(config);
    const wanted = { desired, server, reader, options, ...retirement(options) };
    const request = { ...wanted, approval, commits, allowRewind, tools, apply };
    await runApply(request, emit);
  } finally {
    await project.close();
  }
}

function approvalOf(
  session: Session,
  saved: ApprovedPlan | undefined,
  onDrift: "fail" | "overwrite",
): Approval {
  if (saved !== undefined) {
    const isGiven = session.invocation.value("on-drift") !== undefined;
    return { kind: "saved", saved, onDrift: isGiven ? onDrift : "overwrite" };
  }
  if (session.invocation.has("auto-approve")) return { kind: "automatic", onDrift };
  return { kind: "ask", approve: approveInTerminal(session) };
}

/** A saved plan has its own options; with others it would not be the approved plan. */
function refuseOtherChoices({ invocation }: Session): void {
  const own = planning.map(({ name }) => name).filter((name) => name !== "allow-rewind");
  const given = own.find((flag) => invocation.has(flag) || invocation.value(flag) !== undefined);
  if (invocation.value("on-drift") === "overwrite") {
    throw new UsageError(
      "--on-drift=overwrite does not go with a saved plan, which overwrites the drift that it shows",
      seeHelp(invocation.command),
    );
  }
  if (given === undefined) return;
  throw new UsageError(
    `--${given} does not go with a saved plan, which was made with its own choices`,
    seeHelp(invocation.command),
  );
}
