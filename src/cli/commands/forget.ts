import { runForget } from "../../commands/forget.ts";
import { seeHelp, UsageError } from "../args/invocation.ts";
import { openBinding } from "../open-bindings.ts";
import type { Session } from "../session.ts";
import { applyContextOf } from "./apply-context.ts";

/** `agentvane forget KEY` */
export async function run(session: Session): Promise<void> {
  const { invocation, emit } = session;
  const [key] = invocation.positionals;
  if (key === undefined) {
    throw new UsageError("forget needs the key of an agent", seeHelp(invocation.command));
  }
  const project = await openBinding(session);
  if (project === undefined) return;
  const { config, server, reader } = project;
  try {
    const { tools, apply } = await applyContextOf(session, project);
    await runForget({ desired: config.bound, server, reader, tools, apply, key }, emit);
  } finally {
    await project.close();
  }
}
