import type { DesiredProject } from "../../src/agent/definition.ts";
import type { AgentId } from "../../src/agent/identity.ts";
import { tagsOf } from "../../src/agent/tags.ts";
import {
  type ApplyContext,
  type ApplyRequest,
  type Approval,
  type Approve,
  runApply,
} from "../../src/commands/apply.ts";
import type { CommitRules } from "../../src/commands/checkout.ts";
import type { Emit, RunEvent } from "../../src/commands/event.ts";
import { type ApprovedPlan, approvedPlan } from "../../src/plan/approved-plan.ts";
import type { Plan, PlanOptions } from "../../src/plan/plan.ts";
import { everyRow } from "../../src/report/events/every.ts";
import { runExitCode } from "../../src/report/run-exit-code.ts";
import { idleClock, planFor } from "../apply/apply-plan.ts";
import type { FakeServer } from "../apply/fake-server.ts";
import { noFlags } from "../plan/world.ts";

/** What a run of a command told, and the code that it ends with. */
export type Told = {
  readonly events: readonly RunEvent[];
  readonly kinds: readonly RunEvent["kind"][];
  readonly code: number;
};

/** Runs a command to its end. */
export async function told(run: (emit: Emit) => Promise<unknown>): Promise<Told> {
  const events: RunEvent[] = [];
  await run((event) => events.push(event));
  const code = runExitCode(events, everyRow, { detailedExitCode: false });
  return { events, kinds: events.map(({ kind }) => kind), code };
}

/** The only event of a kind. */
export function only<Kind extends RunEvent["kind"]>(
  { events }: Told,
  kind: Kind,
): RunEvent & { readonly kind: Kind } {
  const found = events.filter((each): each is RunEvent & { kind: Kind } => each.kind === kind);
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`${found.length} events ${kind}`);
  return first;
}

/** Somebody who gives this answer. `asked` holds the plans that were shown; `meanwhile` happens while they read. */
export function person(answer: Awaited<ReturnType<Approve>>, meanwhile = (): void => {}) {
  const asked: Plan[] = [];
  const approve: Approve = async (plan) => {
    asked.push(plan);
    meanwhile();
    return answer;
  };
  return { asked, approve };
}

let runs = 0;

/** What carries plans out on a server; each call is a run of its own. */
export function carrying(server: FakeServer): ApplyContext {
  runs += 1;
  return {
    tools: {
      writer: server.writer,
      clock: idleClock(),
      reveal: (reference) => reference,
      checking: undefined,
      runGate: async () => ({ kind: "passed" }),
    },
    apply: {
      parallelism: 2,
      settleMs: 1_000,
      release: `r${String(runs).padStart(4, "0")}`,
      nonce: `n${runs}`,
      provenance: "test",
      timeLeft: () => 60_000,
      stopped: () => undefined,
    },
  };
}

/** No repository around the configuration. */
export const noCheckout: CommitRules = { checkout: { kind: "none" }, history: "dates" };

/** Runs `apply` on a server. */
export function applyOn(
  server: FakeServer,
  desired: DesiredProject,
  approval: Approval,
  {
    options,
    ...more
  }: Partial<Omit<ApplyRequest, "options">> & { options?: Partial<PlanOptions> } = {},
): Promise<Told> {
  const request: ApplyRequest = {
    desired,
    server: "s",
    reader: server.reader,
    options: { ...noFlags, ...options },
    approval,
    commits: noCheckout,
    allowRewind: false,
    ...carrying(server),
    ...more,
  };
  return told((emit) => runApply(request, emit));
}

/** What somebody says yes to who saves the plan of a configuration. */
export async function savedFor(
  server: FakeServer,
  desired: DesiredProject,
  options: Partial<PlanOptions> = {},
): Promise<ApprovedPlan> {
  const plan = await planFor(server, desired, options.prune, options);
  return structuredClone(approvedPlan(plan));
}

/** The agent that carries the tags of a key; the newest of several. */
export function idOf(server: FakeServer, key: string): AgentId {
  const found = [...server.agents.keys()].filter((id) => tagsOf(server.read(id))?.key === key);
  const id = found.at(-1);
  if (id === undefined) throw new Error(`no agent ${key}`);
  return id as AgentId;
}
