import type { ApiFailure } from "../agent/api-error.ts";
import type { AgentId } from "../agent/identity.ts";
import type { DoctorCheck } from "./doctor-check.ts";
import type { ProbeName, ProbeResult } from "./probe-list.ts";

/** What `doctor` finds out. */
export type DoctorEvent =
  /** One thing that `doctor` looked at. */
  | { readonly kind: "checked"; readonly finding: DoctorCheck }
  /** All that it looked at. */
  | { readonly kind: "diagnosed"; readonly findings: readonly DoctorCheck[] }
  /** From here on agents are made and deleted, none of which is anybody's. */
  | { readonly kind: "probe_started" }
  | {
      readonly kind: "probed";
      readonly found: readonly { readonly name: ProbeName; readonly value: ProbeResult }[];
    }
  | { readonly kind: "probe_failed"; readonly failure: ApiFailure }
  /** A probe agent could not be deleted. */
  | { readonly kind: "probe_left"; readonly id: AgentId; readonly failure: ApiFailure };
