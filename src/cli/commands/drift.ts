import { runDrift } from "../../commands/drift.ts";
import { unlimited } from "../../plan/limits.ts";
import { keysFlag } from "../args/flag-values.ts";
import { openProject } from "../open-project.ts";
import type { Session } from "../session.ts";

/** `agentvane drift` */
export async function run(session: Session): Promise<void> {
  const { invocation, emit } = session;
  const project = await openProject(session);
  if (project === undefined) return;
  const { config, server, reader } = project;
  const options = {
    prune: false,
    allowDuplicateNames: false,
    only: keysFlag(invocation, "only"),
    resendSecrets: [],
    limits: unlimited,
    allowRewind: false,
  };
  try {
    await runDrift({ desired: config.desired, server, reader, options }, emit);
  } finally {
    await project.close();
  }
}
