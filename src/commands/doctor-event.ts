import type { ApiFailure } from "../agent/api-error.ts";
import type { AgentId } from "../agent/identity.ts";
import type { DoctorCheck } from "./doctor-check.ts";
import type { ProbeName, ProbeResult } from "./probe-list.ts";

/** The events of `doctor`. */
export type DoctorEvent =
  /** The result of one check. */
  | { readonly kind: "checked"; readonly finding: DoctorCheck }
  /** All results. */
  | { readonly kind: "diagnosed"; readonly findings: readonly DoctorCheck[] }
  /** From now on probe agents are created and deleted. */
  | { readonly kind: "probe_started" }
  | {
      readonly kind: "probed";
      readonly found: readonly { readonly name: ProbeName; readonly value: ProbeResult }[];
    }
  | { readonly kind: "probe_failed"; readonly failure: ApiFailure }
  /** A probe agent could not be deleted. */
  | { readonly kind: "probe_left"; readonly id: AgentId; readonly failure: ApiFailure };
