import { openConfig } from "./open-config.ts";
import type { Session } from "./session.ts";

/** `agentvane validate` */
export async function run(session: Session): Promise<void> {
  const config = await openConfig(session);
  if (config === undefined) return;
  const { desired, files } = config;
  session.emit({ kind: "validated", desired, files });
}
