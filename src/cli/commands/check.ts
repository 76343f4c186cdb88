import { runChecks } from "../../commands/check.ts";
import { wantedVersion } from "../args/wanted-version.ts";
import { systemClock } from "../clock.ts";
import { openProject } from "../open-project.ts";
import type { Session } from "../session.ts";
import { releaseId } from "./apply-context.ts";
import { checkingOf } from "./checking.ts";

/** `agentvane check [KEY…]` */
export async function run(session: Session): Promise<void> {
  const { invocation, shutdown, emit } = session;
  const wanted = wantedVersion(invocation);
  const project = await openProject(session);
  if (project === undefined) return;
  try {
    const request = {
      desired: project.config.desired,
      reader: project.reader,
      clock: systemClock,
      checking: await checkingOf(session, project, releaseId()),
      keys: [...new Set(invocation.positionals)],
      wanted,
      stopped: shutdown.reason,
    };
    await runChecks(request, emit);
  } finally {
    await project.close();
  }
}
