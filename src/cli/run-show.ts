import { runShow } from "../commands/show.ts";
import { openProject } from "./open-project.ts";
import type { Session } from "./session.ts";

/** `agentvane show [KEY]` */
export async function run(session: Session): Promise<void> {
  const project = await openProject(session);
  if (project === undefined) return;
  const [key] = session.invocation.positionals;
  try {
    await runShow(project.config.desired, project.reader, key, session.emit);
  } finally {
    await project.close();
  }
}
