import { runPlan } from "../commands/plan.ts";
import { openProject } from "./open-project.ts";
import { planFlags } from "./plan-flags.ts";
import type { Session } from "./session.ts";

/** `agentvane plan` */
export async function run(session: Session): Promise<void> {
  const options = planFlags(session.invocation);
  const project = await openProject(session);
  if (project === undefined) return;
  const { config, server, reader } = project;
  try {
    await runPlan({ desired: config.desired, server, reader, options }, session.emit);
  } finally {
    await project.close();
  }
}
