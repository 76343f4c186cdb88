import type { AgentKey, AliasName } from "../agent/identity.ts";
import { isEphemeral } from "../agent/tags.ts";
import { applyPlan } from "../apply/apply.ts";
import { hasChanges } from "../plan/has-changes.ts";
import type { Plan } from "../plan/plan.ts";
import type { Refusal } from "../plan/refusal.ts";
import { type ApplyContext, type Approve, isAgreed } from "./apply.ts";
import type { Emit } from "./event.ts";
import type { Pin } from "./pin.ts";
import type { BoundRequest } from "./read-fleet.ts";

/** What `promote` and `rollback` need. */
export type RepointRequest = BoundRequest &
  ApplyContext & {
    /** Undefined if a flag approved it. */
    readonly approve: Approve | undefined;
    /** Names of aliases in the files, for suggestions. */
    readonly aliasNames: readonly string[];
    /**
     * The pattern that alone matches the environment in the file; undefined if the file names the environment, or has
     * none.
     */
    readonly pattern: string | undefined;
    /** Undefined if pins are only printed. */
    readonly preparePins: PreparePins | undefined;
  };

/** Finds the places for pins in the configuration, and the files that have none. */
export type PreparePins = (pins: readonly Pin[]) => Promise<{
  readonly unwritable: readonly string[];
  /** Writes the pins that have a place, and reports each file. */
  readonly write: (emit: Emit) => Promise<void>;
}>;

/**
 * Carries out a plan that only moves an alias, and says what to pin in the file, so that the next apply does not move
 * it again. Pins are printed or written only if the alias is there.
 */
export async function carryOutRepointing(
  made: Plan,
  alias: AliasName,
  request: RepointRequest,
  emit: Emit,
): Promise<void> {
  const plan = {
    ...made,
    refusals: made.refusals.map((each) => knowing(each, request.aliasNames)),
  };
  emit({ kind: "planned", plan });
  if (plan.refusals.length > 0 || !hasChanges(plan)) return;
  // Pins have no effect in an ephemeral environment. Without a file only the tags show that it is one.
  const pins = pinsOf(plan, alias).filter(
    ({ key }) => !request.desired.isEphemeral && !isTaggedEphemeral(plan, key),
  );
  const prepared = await request.preparePins?.(pins);
  const unwritable = prepared?.unwritable ?? [];
  if (unwritable.length > 0) emit({ kind: "pins_unwritable", paths: unwritable });
  if (request.approve !== undefined && !(await isAgreed(plan, request.approve, emit))) return;
  let released = false;
  const watch: Emit = (event) => {
    if (event.kind === "apply_finished") released = event.released;
    emit(event);
  };
  const { reader } = request;
  await applyPlan(plan, request.apply, { ...request.tools, reader, emit: watch });
  if (!released) return;
  if (pins.length === 0) return;
  emit({ kind: "pinned", pins, environment: plan.scope.environment, pattern: request.pattern });
  await prepared?.write(emit);
}

/** An alias that no agent has may still be in the files. */
function knowing(refusal: Refusal, names: readonly string[]): Refusal {
  if (refusal.kind !== "unknown_alias") return refusal;
  return { ...refusal, known: [...new Set([...refusal.known, ...names])] };
}

function isTaggedEphemeral({ agents }: Plan, key: AgentKey): boolean {
  return agents.some((each) => each.key === key && "remote" in each && isEphemeral(each.remote));
}

function pinsOf(plan: Plan, alias: AliasName): readonly Pin[] {
  return plan.releaseWaves.flat().flatMap(({ key, pointer, to }): Pin[] => {
    if (pointer !== alias || to.kind !== "existing") return [];
    return [{ key, alias, version: to.version }];
  });
}
