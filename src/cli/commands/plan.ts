import type { ConfigEvent } from "../../commands/config-event.ts";
import { runPlan } from "../../commands/plan.ts";
import type { PlanEvent } from "../../commands/plan-event.ts";
import type { ServerEvent } from "../../commands/server-event.ts";
import { limitFlags, planFlags, retirement } from "../args/plan-flags.ts";
import { savedPlanArgs } from "../args/saved-plan-args.ts";
import { withGateFiles } from "../files/gate-files.ts";
import { openCheckout } from "../git/checkout.ts";
import { commitRules } from "../git/commit-rules.ts";
import { openProject } from "../open-project.ts";
import type { Session } from "../session.ts";
import { openPager } from "../terminal/pager.ts";
import { planFileText } from "./plan-file.ts";

/** What a run of `plan` emits. */
export type PlanRunEvent = ConfigEvent | ServerEvent | PlanEvent;

/** `agentvane plan` */
export async function run(session: Session<PlanRunEvent>): Promise<void> {
  const { invocation, emit } = session;
  const flags = planFlags(invocation);
  const file = invocation.value("out");
  const out = file === undefined ? undefined : await session.results.open("the plan", file);
  const project = await openProject(session);
  if (project === undefined) return;
  const { config, server, reader } = project;
  try {
    const commits = async () => {
      const { folder, files } = config;
      const { checkout } = await openCheckout(folder, session.shutdown.ended, files);
      return commitRules(config, checkout);
    };
    const limits = limitFlags(invocation, config.desired.isEphemeral);
    const options = { ...flags, limits };
    const request = {
      commits,
      desired: withGateFiles(config),
      server,
      reader,
      options,
      refusesDuplicates: file !== undefined,
      ...retirement(options),
    };
    const plan = await runPlan(request, emit);
    if (file !== undefined && plan.refusals.length === 0) {
      await out?.write(planFileText(session, plan));
      emit({ kind: "plan_saved", path: file, args: savedPlanArgs(invocation, file) });
    }
    await openPager(session, plan);
  } finally {
    await project.close();
  }
}
