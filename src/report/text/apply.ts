import type { ApplyEvent } from "../../apply/event.ts";
import { listed } from "../safe/truncate.ts";
import { checkEventText } from "../words/check.ts";
import { type Line, type Span, styled } from "../words/line.ts";
import { pointerText, versionText } from "../words/pointer-move.ts";
import { applyFailure, type FailedKind, isFailed } from "./apply-failure.ts";
import { linesOf } from "./message.ts";

type Wordings = {
  readonly [Kind in Exclude<ApplyEvent["kind"], FailedKind>]: (
    event: Extract<ApplyEvent, { kind: Kind }>,
  ) => readonly Line[];
};

const done = (verb: string, key: string, ...more: readonly Span[]): readonly Line[] => [
  [styled("success", "✓"), ` ${verb} `, styled("strong", key), ...more],
];

const verbs = {
  create: "created",
  update: "updated",
  complete: "completed",
  forget: "forgot",
} as const;

const wordings: Wordings = {
  apply_started: ({ release }) => [[styled("faint", `release ${release}`)]],
  agent_written: ({ key, write, id, version, recovered }) =>
    done(
      verbs[write],
      key,
      ` ${id}, version ${version}`,
      recovered ? styled("faint", " (the answer was lost; found by reading)") : "",
    ),
  version_verified: ({ key, id, version }) => done("verified", key, ` ${id}, version ${version}`),
  gate_started: ({ key, command, version }) => [
    [styled("faint", "gate "), styled("strong", key), ` version ${version}: `, command],
  ],
  gate_said: ({ key, line }) => [[styled("faint", `  ${key} │ `), line]],
  gate_passed: ({ key, version, ms }) =>
    done("passed", key, ` version ${version}, its gate took ${(ms / 1000).toFixed(1)} s`),
  check_started: checkEventText,
  check_tried: checkEventText,
  check_passed: checkEventText,
  stale_conversations_unknown: checkEventText,
  pointer_set: ({ key, pointer, from, to }) =>
    done("moved", `${key} ${pointerText(pointer)}`, ` ${versionText(from)} → ${versionText(to)}`),
  duplicate_deleted: ({ key, id }) => [
    [styled("warning", "↩"), ` removed ${id}, a second agent for ${key} that this run had created`],
  ],
  content_reverted: ({ key, version }) => [
    [styled("warning", "↩"), ` reverted the content of ${key} version ${version}`],
  ],
  reverted: ({ key, pointer, to }) => [
    [styled("warning", "↩"), ` reverted ${key} ${pointerText(pointer)} to ${versionText(to)}`],
  ],
  apply_superseded: ({ agents }) => [
    [
      styled("warning", "↩"),
      ` another run created ${listed(agents.map(({ key }) => key))} first; waiting for it, then planning again to use its agents`,
    ],
  ],
  agent_deleted: ({ key, id }) => done("deleted", key, ` ${id}`),
  apply_finished: () => [],
  writing_started: () => [],
  phase_started: () => [],
  step_started: () => [],
  move_started: () => [],
};

/** One event of an apply in words. */
export function applyEventText(event: ApplyEvent, server: string): readonly Line[] {
  if (isFailed(event)) return linesOf({ as: "error", ...applyFailure(event, server) });
  const word = wordings[event.kind] as (each: ApplyEvent) => readonly Line[];
  return word(event);
}
