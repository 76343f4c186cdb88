import type { Checking } from "../../apply/run.ts";
import { countFlag, durationFlag } from "../args/flag-values.ts";
import { jsonValidator } from "../json-schemas.ts";
import type { OpenedProject } from "../open-project.ts";
import type { Session } from "../session.ts";

/** How long after its run a conversation may still be in use, in milliseconds. */
const untilAfterMs = 5 * 60_000;

/** What checks of a run need. */
export async function checkingOf(
  { invocation, shutdown }: Session,
  { config, conversations }: Pick<OpenedProject, "config" | "conversations">,
  run: string,
): Promise<Checking> {
  const { project, environment, checks } = config.desired;
  const start = Date.now();
  const timeLeft = Number.isFinite(shutdown.left()) ? shutdown.left() : 0;
  return {
    conversations,
    validate: await jsonValidator(checks),
    mark: {
      project,
      environment,
      run,
      until: () => {
        const ahead = conversations.serverNow() - Date.now();
        return new Date(start + ahead + timeLeft + untilAfterMs).toISOString();
      },
    },
    timeoutMs: durationFlag(invocation, "check-timeout", 120_000),
    ended: shutdown.ended,
    parallelism: countFlag(invocation, "check-parallelism", 2, 1),
  };
}
