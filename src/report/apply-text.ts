import type { ApplyEvent } from "../apply/event.ts";
import { versionText } from "./alias-move-text.ts";
import { stepFailureText } from "./failure-text.ts";
import { type Line, type Span, styled } from "./line.ts";
import { repairCommand } from "./repair.ts";

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

const verbs = { create: "created", update: "updated", complete: "completed" } as const;
const attempts = { create: "creating", update: "updating", complete: "completing" } as const;

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
  settle_failed: ({ failure }) =>
    failed("looking for", "what was created", stepFailureText(failure)),
  alias_moved: ({ key, alias, from, to }) =>
    done("moved", `${key} ${alias}`, ` ${versionText(from)} → ${versionText(to)}`),
  move_failed: ({ key, alias, failure }) =>
    failed("moving", `${key} ${alias}`, stepFailureText(failure)),
  put_back: ({ key, pointer, to }) => [
    [styled("warning", "↩"), ` put back ${key} ${pointerText(pointer)} to ${versionText(to)}`],
  ],
  put_back_failed: (event, server) => [
    ...failed(
      "putting back",
      `${event.key} ${pointerText(event.pointer)}`,
      stepFailureText(event.failure),
    ),
    [`  it should stand at ${versionText(event.to)}; to repair it by hand:`],
    ["  ", repairCommand(server, event) ?? "apply again"],
  ],
  agent_deleted: ({ key, id }) => done("deleted", key, ` ${id}`),
  delete_failed: ({ key, id, failure }) =>
    failed("deleting", `${key} ${id}`, stepFailureText(failure)),
  apply_stopped: ({ by }) => [
    [styled("warning", by === "timeout" ? "The run took too long" : `Stopped by ${by}`)],
  ],
  apply_finished: () => [],
};

/** One event of an apply in words. */
export function applyEventText(event: ApplyEvent, server: string): readonly Line[] {
  const word = wordings[event.kind] as (each: ApplyEvent, server: string) => readonly Line[];
  return word(event, server);
}

function pointerText(pointer: string): string {
  return pointer === "@default" ? "default version" : pointer;
}
