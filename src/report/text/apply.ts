import type { ApplyEvent } from "../../apply/event.ts";
import { listed } from "../safe/truncate.ts";
import { checkEventText } from "../words/check.ts";
import {
  gateFailureText,
  stepFailureText,
  takenText,
  verifyFailureText,
} from "../words/failure.ts";
import { type Line, type Span, styled } from "../words/line.ts";
import { pointerText, versionText } from "../words/pointer-move.ts";
import { repairCommand } from "../words/repair.ts";

type Wordings = {
  readonly [Kind in ApplyEvent["kind"]]: (
    event: Extract<ApplyEvent, { kind: Kind }>,
    server: string,
  ) => readonly Line[];
};

const done = (verb: string, key: string, ...more: readonly Span[]): readonly Line[] => [
  [styled("success", "✓"), ` ${verb} `, styled("strong", key), ...more],
];
const failed = (what: string, key: string, reason: string): readonly Line[] => [
  [styled("error", "✗"), ` ${what} `, styled("strong", key)],
  ["  ", reason],
];

const verbs = {
  create: "created",
  update: "updated",
  complete: "completed",
  forget: "forgot",
} as const;
const attempts = {
  create: "creating",
  update: "updating",
  complete: "completing",
  forget: "forgetting",
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
  write_failed: ({ key, write, failure }) => failed(attempts[write], key, stepFailureText(failure)),
  listing_failed: ({ failure }) =>
    failed("looking for", "what was created", stepFailureText(failure)),
  version_verified: ({ key, id, version }) => done("verified", key, ` ${id}, version ${version}`),
  verify_failed: ({ key, failure }) => failed("verifying", key, verifyFailureText(failure)),
  gate_started: ({ key, command, version }) => [
    [styled("faint", "gate "), styled("strong", key), ` version ${version}: `, command],
  ],
  gate_said: ({ key, line }) => [[styled("faint", `  ${key} │ `), line]],
  gate_passed: ({ key, version, ms }) =>
    done("passed", key, ` version ${version}, its gate took ${(ms / 1000).toFixed(1)} s`),
  gate_failed: (event) => [
    [styled("error", "✗"), " ", gateFailureText(event), "; nothing is released"],
  ],
  check_started: checkEventText,
  check_tried: checkEventText,
  check_passed: checkEventText,
  check_failed: checkEventText,
  check_stopped: checkEventText,
  conversation_left: checkEventText,
  stale_conversations_unknown: checkEventText,
  pointer_set: ({ key, pointer, from, to }) =>
    done("moved", `${key} ${pointerText(pointer)}`, ` ${versionText(from)} → ${versionText(to)}`),
  move_failed: ({ key, pointer, failure }) =>
    failed("moving", `${key} ${pointerText(pointer)}`, stepFailureText(failure)),
  duplicate_deleted: ({ key, id }) => [
    [styled("warning", "↩"), ` removed ${id}, a second agent for ${key} that this run had created`],
  ],
  duplicate_left: ({ key, id, failure }) =>
    failed(
      "removing",
      id,
      failure === undefined
        ? `it is a second agent for ${key} and somebody uses it already; delete one of the two`
        : `a second agent for ${key}: ${stepFailureText(failure)}`,
    ),
  content_reverted: ({ key, version }) => [
    [styled("warning", "↩"), ` reverted the content of ${key} version ${version}`],
  ],
  content_left: ({ key, version, paths }) =>
    failed(
      "reverting",
      `the content of ${key} version ${version}`,
      paths.includes("*")
        ? "nobody knows what stands there now; compare it with agents.yaml and the previous commit, and mend it in the console"
        : `these are not as they were: ${listed(paths)}; set them by hand, in the console or by applying the previous commit`,
    ),
  reverted: ({ key, pointer, to }) => [
    [styled("warning", "↩"), ` reverted ${key} ${pointerText(pointer)} to ${versionText(to)}`],
  ],
  pointer_taken: (event) => [
    [styled("error", "✗"), " ", takenText(event)],
    ["  Look at it, then plan again."],
  ],
  revert_failed: (event, server) => [
    ...failed(
      "reverting",
      `${event.key} ${pointerText(event.pointer)}`,
      stepFailureText(event.failure),
    ),
    [`  it should stand at ${versionText(event.to)}; to repair it by hand:`],
    ["  ", repairCommand(server, event) ?? "apply again"],
  ],
  apply_superseded: ({ agents }) => [
    [
      styled("warning", "↩"),
      ` another run created ${listed(agents.map(({ key }) => key))} first; waiting for it, then planning again to use its agents`,
    ],
  ],
  agent_deleted: ({ key, id }) => done("deleted", key, ` ${id}`),
  delete_failed: ({ key, id, failure }) =>
    failed("deleting", `${key} ${id}`, stepFailureText(failure)),
  apply_stopped: ({ by }) => [
    [styled("warning", by === "timeout" ? "The run took too long" : `Stopped by ${by}`)],
  ],
  apply_finished: () => [],
  writing_started: () => [],
  phase_started: () => [],
  step_started: () => [],
  move_started: () => [],
};

/** One event of an apply in words. */
export function applyEventText(event: ApplyEvent, server: string): readonly Line[] {
  const word = wordings[event.kind] as (each: ApplyEvent, server: string) => readonly Line[];
  return word(event, server);
}
