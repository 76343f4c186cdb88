import fc from "fast-check";
import type { StopReason } from "../../src/apply/event.ts";
import type { Fault } from "../../src/emulator/faults.ts";

/** Something that somebody else does while an apply is under way, to one of the project's agents. */
export type Deed =
  | { readonly does: "edit"; readonly agent: number }
  /** The same without a new version, of the default version or of an older one. */
  | { readonly does: "edit_in_place"; readonly agent: number; readonly back: number }
  | {
      readonly does: "move_alias";
      readonly agent: number;
      readonly alias: string;
      readonly to: number;
    }
  | { readonly does: "switch"; readonly agent: number; readonly to: number }
  | { readonly does: "delete"; readonly agent: number };

/** What becomes of an output: its reader goes away, its disk is full, or nobody reads on and nobody goes. */
export type OutputEnd = "closed" | "full" | "stuck";

/** What goes wrong in one run. Requests and writes are counted from 0, over the whole run. */
export type Trouble =
  /** Something that the emulator knows how to do; `hangs` lets the client's time-out pass as well. */
  | { readonly kind: "fault"; readonly fault: Fault; readonly hangs?: true }
  | { readonly kind: "deed"; readonly before: number; readonly deed: Deed }
  /** Another apply begins: of the same edition, or of another one, so that one of the two goes back in time. */
  | { readonly kind: "rival"; readonly before: number; readonly edition: number | undefined }
  /** A gate's command says no; gates are counted from 0. */
  | { readonly kind: "gate"; readonly at: number }
  | { readonly kind: "stop"; readonly before: number; readonly by: StopReason }
  /** Whoever reads the outputs stops to, after so many writes. */
  | {
      readonly kind: "unread";
      readonly out: { readonly end: OutputEnd; readonly writes: number };
      readonly err: { readonly end: OutputEnd; readonly writes: number };
    }
  | { readonly kind: "crash"; readonly write: number; readonly when: "before" | "after" };

/** Stands for a hang among the faults of the emulator; whoever sees this status lets time pass. */
export const hangStatus = 598;

/** After how many further requests a commit that is late is made at the latest. */
export const latestCommit = 12;

type Effect = Pick<Trouble & { readonly kind: "fault" }, "hangs"> & {
  readonly fault: Fault;
};

const effects: readonly Effect[] = [
  { fault: { effect: "lose_answer" } },
  { fault: { effect: "lose_request" } },
  { fault: { status: hangStatus }, hangs: true },
  { fault: { status: hangStatus, after_commit: true }, hangs: true },
  { fault: { effect: "cut_body" } },
  { fault: { effect: "not_json" } },
  { fault: { effect: "late_commit", after: 1 } },
  { fault: { effect: "late_commit", after: 3 } },
  { fault: { effect: "late_commit", after: latestCommit } },
  { fault: { status: 422 } },
  { fault: { status: 409 } },
  { fault: { status: 403 } },
  { fault: { status: 429 } },
  { fault: { status: 429, retry_after: "3" } },
  { fault: { status: 500 } },
  { fault: { status: 502, after_commit: true } },
  { fault: { status: 503, retry_after: "2" } },
  { fault: { status: 408 } },
];

const writes: readonly Pick<Fault, "method" | "path">[] = [
  { method: "POST" },
  { method: "PATCH", path: "^/v1/agents/[^/]+$" },
  { method: "PATCH", path: "/version" },
  { method: "PUT" },
  { method: "DELETE", path: "/aliases" },
  { method: "DELETE", path: "^/v1/agents/[^/]+$" },
];

const reads: readonly Pick<Fault, "method" | "path">[] = [
  { method: "GET", path: "^/v1/agents(/pages)?\\?" },
  { method: "GET", path: "^/v1/agents/ag_[^/]+$" },
  { method: "GET", path: "/aliases" },
  { method: "GET", path: "/versions" },
  { method: "GET" },
  {},
];

const fault: fc.Arbitrary<Trouble> = fc
  .record({
    aim: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...writes) },
      { weight: 2, arbitrary: fc.constantFrom(...reads) },
    ),
    effect: fc.constantFrom(...effects, { fault: { effect: "repeat_cursor" } } as Effect),
    skip: fc.oneof(fc.nat(3), fc.nat(12)),
    times: fc.oneof(
      { weight: 4, arbitrary: fc.constant(1) },
      { weight: 3, arbitrary: fc.constantFrom(2, 4, 9, null) },
    ),
  })
  .map(({ aim, effect, skip, times }) => ({
    kind: "fault",
    ...effect,
    fault: { ...aim, ...effect.fault, skip, times },
  }));

const request = fc.oneof(fc.nat(10), fc.nat(40));

const deed: fc.Arbitrary<Trouble> = fc.record({
  kind: fc.constant("deed"),
  before: request,
  deed: fc.oneof(
    fc.record({ does: fc.constant("edit"), agent: fc.nat(4) }),
    fc.record({
      does: fc.constant("edit_in_place"),
      agent: fc.nat(4),
      back: fc.constantFrom(0, 0, 0, 1, 2),
    }),
    fc.record({
      does: fc.constant("move_alias"),
      agent: fc.nat(4),
      alias: fc.constantFrom("prod", "staging"),
      to: fc.nat(3),
    }),
    fc.record({ does: fc.constant("switch"), agent: fc.nat(4), to: fc.nat(3) }),
    fc.record({ does: fc.constant("delete"), agent: fc.nat(4) }),
  ),
});

const stop: fc.Arbitrary<Trouble> = fc.record({
  kind: fc.constant("stop"),
  before: request,
  by: fc.constantFrom<StopReason>("SIGTERM", "SIGINT", "SIGHUP", "timeout"),
});

const lostOutput = fc.record({
  end: fc.constantFrom<OutputEnd>("closed", "full", "stuck"),
  writes: fc.nat(12),
});

const unread: fc.Arbitrary<Trouble> = fc.record({
  kind: fc.constant("unread"),
  out: lostOutput,
  err: lostOutput,
});

const rival: fc.Arbitrary<Trouble> = fc.record({
  kind: fc.constant("rival"),
  before: request,
  edition: fc.option(fc.nat(2), { nil: undefined }),
});

const gate: fc.Arbitrary<Trouble> = fc.record({ kind: fc.constant("gate"), at: fc.nat(3) });

const crash: fc.Arbitrary<Trouble> = fc.record({
  kind: fc.constant("crash"),
  write: fc.nat(14),
  when: fc.constantFrom("before", "after"),
});

/** What goes wrong in one run: often nothing, mostly one thing, at times several at once. */
export const troubles: fc.Arbitrary<readonly Trouble[]> = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  { weight: 4, arbitrary: fc.tuple(fault) },
  { weight: 3, arbitrary: fc.tuple(crash) },
  { weight: 1, arbitrary: fc.tuple(stop) },
  { weight: 1, arbitrary: fc.tuple(gate) },
  { weight: 1, arbitrary: fc.tuple(unread) },
  { weight: 2, arbitrary: fc.tuple(rival) },
  { weight: 1, arbitrary: fc.tuple(rival, rival) },
  { weight: 2, arbitrary: fc.tuple(deed) },
  {
    weight: 3,
    arbitrary: fc.array(
      fc.oneof(
        { weight: 4, arbitrary: fault },
        { weight: 1, arbitrary: crash },
        { weight: 1, arbitrary: stop },
        { weight: 1, arbitrary: gate },
        { weight: 1, arbitrary: unread },
        { weight: 1, arbitrary: rival },
        { weight: 1, arbitrary: deed },
      ),
      { minLength: 2, maxLength: 4 },
    ),
  },
);

/** Whether something may be carried out after its run has ended. */
export function hasLateCommit(list: readonly Trouble[]): boolean {
  return list.some(
    (each) =>
      each.kind === "fault" && "effect" in each.fault && each.fault.effect === "late_commit",
  );
}
