import type { ApplyEvent } from "../../apply/event.ts";
import { type EventRows, unsaid } from "../event-row.ts";
import { listed } from "../safe/truncate.ts";
import { type Line, type Span, styled } from "../words/line.ts";
import { pointerText, versionText } from "../words/pointer-move.ts";
import { applyErrorRows } from "./apply-errors.ts";
import { checkRows } from "./check.ts";

const done = (verb: string, key: string, ...more: readonly Span[]): readonly Line[] => [
  [styled("success", "✓"), ` ${verb} `, styled("strong", key), ...more],
];
const undone = (text: string): readonly Line[] => [[styled("warning", "↩"), ` ${text}`]];

const verbs = {
  create: "created",
  update: "updated",
  complete: "completed",
  forget: "forgot",
} as const;

/** What happens while a plan is carried out. */
export const applyRows = {
  ...checkRows,
  ...applyErrorRows,
  apply_started: { progress: ({ release }) => [[styled("faint", `release ${release}`)]] },
  writing_started: unsaid,
  phase_started: unsaid,
  step_started: unsaid,
  move_started: unsaid,
  agent_written: {
    progress: ({ key, write, id, version, recovered }) =>
      done(
        verbs[write],
        key,
        ` ${id}, version ${version}`,
        recovered ? styled("faint", " (the answer was lost; reading the agent found it)") : "",
      ),
  },
  version_verified: {
    progress: ({ key, id, version }) => done("verified", key, ` ${id}, version ${version}`),
  },
  gate_started: {
    progress: ({ key, command, version }) => [
      [styled("faint", "gate "), styled("strong", key), ` version ${version}: `, command],
    ],
  },
  gate_said: { progress: ({ key, line }) => [[styled("faint", `  ${key} │ `), line]] },
  gate_passed: {
    progress: ({ key, version, ms }) =>
      done("passed", key, ` version ${version}, its gate took ${(ms / 1000).toFixed(1)} s`),
  },
  pointer_set: {
    progress: ({ key, pointer, from, to }) =>
      done("moved", `${key} ${pointerText(pointer)}`, ` ${versionText(from)} → ${versionText(to)}`),
  },
  reverted: {
    progress: ({ key, pointer, to }) =>
      undone(`reverted ${key} ${pointerText(pointer)} to ${versionText(to)}`),
  },
  content_reverted: {
    progress: ({ key, version }) => undone(`reverted the content of ${key} version ${version}`),
  },
  duplicate_deleted: {
    progress: ({ key, id }) =>
      undone(`removed ${id}, a duplicate of ${key} that this run had created`),
  },
  apply_superseded: {
    progress: ({ agents }) =>
      undone(
        `another run created ${listed(agents.map(({ key }) => key))} first; waiting for it, then planning again to use its agents`,
      ),
  },
  agent_deleted: { progress: ({ key, id }) => done("deleted", key, ` ${id}`) },
  apply_finished: unsaid,
} satisfies EventRows<ApplyEvent>;
