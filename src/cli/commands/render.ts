import { openConfig } from "../open-config.ts";
import type { Session } from "../session.ts";

/** `agentvane render` */
export async function run(session: Session): Promise<void> {
  const config = await openConfig(session);
  if (config !== undefined) session.emit({ kind: "rendered", desired: config.desired });
}
