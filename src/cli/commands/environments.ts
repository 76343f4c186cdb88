import { runEnvironments } from "../../commands/environments.ts";
import { openEachKey } from "../open-bindings.ts";
import type { Session } from "../session.ts";

/** `agentvane environments` */
export async function run(session: Session): Promise<void> {
  const opened = await openEachKey(session);
  if (opened === undefined) return;
  const { project, connections, unread } = opened;
  const readers = connections.map(({ reader }) => reader);
  try {
    await runEnvironments(project, readers, unread, session.emit);
  } finally {
    for (const { close } of connections) await close();
  }
}
