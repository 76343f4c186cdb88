import { runShow } from "../../commands/show.ts";
import { openBinding } from "../open-bindings.ts";
import type { Session } from "../session.ts";

/** `agentvane show [KEY]` */
export async function run(session: Session): Promise<void> {
  const project = await openBinding(session);
  if (project === undefined) return;
  const [key] = session.invocation.positionals;
  try {
    await runShow(project.config.bound, project.reader, key, session.emit);
  } finally {
    await project.close();
  }
}
