import type { Phase } from "../apply/event.ts";
import type { RunEvent } from "../commands/event.ts";

/** The progress of an apply: a fold of its events. Times are those of the clock, in milliseconds. */
export type Progress = {
  readonly startedAt: number;
  readonly phase: Phase | undefined;
  readonly done: number;
  readonly total: number;
  /** The work in flight, by name, in the order in which it started. */
  readonly underWay: ReadonlyMap<string, Deed>;
  /** How often a request was delayed or retried. */
  readonly holdUps: { readonly retry: number; readonly rate_limit: number };
  /** What requests wait for, and until when. */
  readonly waiting: { readonly reason: "retry" | "rate_limit"; readonly until: number } | undefined;
};

/** One piece of work. */
export type Deed = { readonly startedAt: number } & (
  | {
      readonly kind: "step";
      readonly key: string;
      readonly step: Extract<RunEvent, { kind: "step_started" }>["step"];
    }
  | ({ readonly kind: "move" } & Pick<
      Extract<RunEvent, { kind: "move_started" }>,
      "key" | "pointer" | "from" | "to"
    >)
  | { readonly kind: "gate"; readonly key: string; readonly command: string }
  | { readonly kind: "check"; readonly key: string; readonly check: string; readonly tries: string }
);

/** The progress before the first event. */
export function startProgress(now: number): Progress {
  return {
    startedAt: now,
    phase: undefined,
    done: 0,
    total: 0,
    underWay: new Map(),
    holdUps: { retry: 0, rate_limit: 0 },
    waiting: undefined,
  };
}

/** The progress after an event. Most events do not change it. */
export function progressAfter(progress: Progress, event: RunEvent, now: number): Progress {
  switch (event.kind) {
    case "apply_started":
      return { ...progress, done: 0, total: event.writes + event.moves + event.deletions };
    case "phase_started":
      return { ...progress, phase: event.phase };
    case "waiting": {
      const { reason, ms } = event;
      const holdUps = { ...progress.holdUps, [reason]: progress.holdUps[reason] + 1 };
      return { ...progress, holdUps, waiting: { reason, until: now + ms } };
    }
    case "step_started": {
      const { key, step } = event;
      return begun(progress, stepName(key, step), { kind: "step", startedAt: now, key, step });
    }
    case "move_started": {
      const { key, pointer, from, to } = event;
      const deed = { kind: "move", startedAt: now, key, pointer, from, to } as const;
      return begun(progress, moveName(key, pointer), deed);
    }
    case "gate_started": {
      const { key, command } = event;
      return begun(progress, gateName(key, command), {
        kind: "gate",
        startedAt: now,
        key,
        command,
      });
    }
    case "check_started": {
      const { key, check, tries } = event;
      return begun(progress, checkName(key, check), checking(event, now, 1, tries));
    }
    case "check_tried": {
      const { key, check, attempt, tries } = event;
      const name = checkName(key, check);
      const startedAt = progress.underWay.get(name)?.startedAt ?? now;
      return begun(progress, name, checking(event, startedAt, attempt.number + 1, tries));
    }
    case "check_passed":
    case "check_failed":
    case "check_stopped":
      return ended(progress, checkName(event.key, event.check), 0);
    case "agent_written":
      return ended(progress, stepName(event.key, event.write), 1);
    case "write_failed":
      return ended(progress, stepName(event.key, event.write), 0);
    case "version_verified":
    case "verify_failed":
      return ended(progress, stepName(event.key, "verify"), 0);
    case "agent_deleted":
      return ended(progress, stepName(event.key, "delete"), 1);
    case "delete_failed":
      return ended(progress, stepName(event.key, "delete"), 0);
    case "pointer_set": {
      // While reverting, it is a move that was counted before, and made once more.
      const done = progress.phase === "revert" ? 0 : 1;
      return ended(progress, moveName(event.key, event.pointer), done);
    }
    case "move_failed":
    case "reverted":
    case "pointer_taken":
    case "revert_failed":
      return ended(progress, moveName(event.key, event.pointer), 0);
    case "gate_passed":
    case "gate_failed":
      return ended(progress, gateName(event.key, event.command), 0);
    default:
      return progress;
  }
}

const stepName = (key: string, step: string) => `${step} ${key}`;
const moveName = (key: string, pointer: string) => `move ${key} ${pointer}`;
const checkName = (key: string, check: string) => `check ${key} ${check}`;

function checking(
  { key, check }: { readonly key: string; readonly check: string },
  startedAt: number,
  number: number,
  tries: number,
): Deed {
  const told = tries === 1 ? "" : `try ${Math.min(number, tries)} of ${tries}`;
  return { kind: "check", startedAt, key, check, tries: told };
}

const gateName = (key: string, command: string) => `gate ${key} ${command}`;

function begun(progress: Progress, name: string, deed: Deed): Progress {
  return { ...progress, underWay: new Map(progress.underWay).set(name, deed) };
}

function ended(progress: Progress, name: string, done: number): Progress {
  const underWay = new Map(progress.underWay);
  underWay.delete(name);
  return { ...progress, underWay, done: progress.done + done };
}
