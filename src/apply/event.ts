import type { ApiFailure } from "../agent/api-error.ts";
import type { AgentId, AgentKey, Pointer, Version } from "../agent/identity.ts";
import type { PropertyPath } from "../agent/property-path.ts";

import type { CheckEvent } from "./check-event.ts";

/** The kinds of writes; `complete` is the second write of a new agent, `forget` removes its tags. */
export type WriteKind = "create" | "update" | "complete" | "forget";

/** The phases of an apply, in order; after a failure `revert` replaces the remaining ones. */
export type Phase =
  | "build"
  | "await_listing"
  | "verify"
  | "gate"
  | "release"
  | "confirm"
  | "prune"
  | "revert";

/** Why one step of an apply failed. */
export type StepFailure =
  | { readonly kind: "api"; readonly failure: ApiFailure }
  /** The server answered, but these properties differ from the ones that were sent. */
  | {
      readonly kind: "not_taken";
      readonly version: Version;
      readonly paths: readonly PropertyPath[];
    }
  /** Another writer changed the agent between plan and apply. Their version is kept, and both are reported. */
  | {
      readonly kind: "interleaved";
      readonly theirs: Version;
      readonly ours: Version | undefined;
    }
  /** Another run created an agent for the same key at the same time; this is the other one. */
  | { readonly kind: "created_twice"; readonly id: AgentId }
  /** A pointer is neither where the plan expects it nor where this apply moved it. */
  | {
      readonly kind: "pointer_moved";
      readonly expected: Version | undefined;
      readonly found: Version | undefined;
    }
  /** The time for reverting ended before this step. */
  | { readonly kind: "out_of_time" }
  /** The server refused the request because of its metadata, which includes the tags. */
  | {
      readonly kind: "metadata_refused";
      readonly failure: ApiFailure;
      readonly labels: number;
      readonly tags: number;
      /** Characters of the longest value. */
      readonly longest: number;
    }
  /** The server made no new version, but changed the version that should have stayed. */
  | { readonly kind: "edited_in_place"; readonly version: Version }
  /** The agent changed after the plan. */
  | { readonly kind: "changed_meanwhile"; readonly expected: Version; readonly found: Version };

/** How a gate's command ended. */
export type GateEnd =
  | { readonly kind: "passed" }
  | { readonly kind: "failed"; readonly status: number }
  /** Ended by a signal, or not started. */
  | { readonly kind: "broken"; readonly reason: string }
  | { readonly kind: "timed_out"; readonly ms: number }
  /** The run was asked to stop. */
  | { readonly kind: "stopped" };

/** A gate that ran against one version, with the last lines of its output. */
export type GateOutcome = {
  readonly key: AgentKey;
  readonly command: string;
  readonly id: AgentId;
  readonly version: Version;
  readonly output: readonly string[];
  readonly ms: number;
};

/** The events of an apply, in order. */
export type ApplyEvent =
  | CheckEvent
  | {
      readonly kind: "apply_started";
      readonly release: string;
      readonly writes: number;
      readonly moves: number;
      readonly deletions: number;
    }
  /** The first request that can change something is about to be sent. */
  | { readonly kind: "writing_started" }
  /** A phase starts; it may have nothing to do. */
  | { readonly kind: "phase_started"; readonly phase: Phase }
  /** A step for an agent starts; another event reports its end. */
  | {
      readonly kind: "step_started";
      readonly key: AgentKey;
      readonly step: WriteKind | "verify" | "delete";
    }
  /** The same for a pointer, forward or back. */
  | {
      readonly kind: "move_started";
      readonly key: AgentKey;
      readonly pointer: Pointer;
      readonly from: Version | undefined;
      readonly to: Version | undefined;
    }
  | {
      readonly kind: "agent_written";
      readonly key: AgentKey;
      readonly write: WriteKind;
      readonly id: AgentId;
      readonly version: Version;
      /** How often the request was sent, without the transport's own retries. */
      readonly sent: number;
      /** The answer was lost, and reading the agent showed that it was written. */
      readonly recovered: boolean;
      readonly ms: number;
    }
  | {
      readonly kind: "write_failed";
      readonly key: AgentKey;
      readonly write: WriteKind;
      readonly failure: StepFailure;
    }
  /** Everything was created, but no list could be read that shows it, so nothing is released. */
  | { readonly kind: "listing_failed"; readonly failure: StepFailure }
  /** An existing version was read again and is right. */
  | {
      readonly kind: "version_verified";
      readonly key: AgentKey;
      readonly id: AgentId;
      readonly version: Version;
      readonly ms: number;
    }
  | { readonly kind: "verify_failed"; readonly key: AgentKey; readonly failure: StepFailure }
  | {
      readonly kind: "gate_started";
      readonly key: AgentKey;
      readonly command: string;
      readonly id: AgentId;
      readonly version: Version;
    }
  /** A line of a gate's output, from stdout or stderr. */
  | { readonly kind: "gate_said"; readonly key: AgentKey; readonly line: string }
  | ({ readonly kind: "gate_passed" } & GateOutcome)
  | ({
      readonly kind: "gate_failed";
      readonly end: Exclude<GateEnd, { kind: "passed" }>;
    } & GateOutcome)
  | {
      readonly kind: "pointer_set";
      readonly key: AgentKey;
      readonly id: AgentId;
      readonly pointer: Pointer;
      readonly from: Version | undefined;
      readonly to: Version | undefined;
      readonly ms: number;
    }
  | {
      readonly kind: "move_failed";
      readonly key: AgentKey;
      readonly pointer: Pointer;
      readonly failure: StepFailure;
    }
  | {
      readonly kind: "reverted";
      readonly key: AgentKey;
      readonly id: AgentId;
      readonly pointer: Pointer;
      readonly to: Version | undefined;
    }
  /** A pointer that should have been reverted, but that another writer has moved meanwhile; it is left. */
  | {
      readonly kind: "pointer_taken";
      readonly key: AgentKey;
      readonly id: AgentId;
      readonly pointer: Pointer;
      /** Where this apply had moved it. */
      readonly expected: Version | undefined;
      readonly found: Version | undefined;
    }
  | {
      readonly kind: "revert_failed";
      readonly key: AgentKey;
      readonly id: AgentId;
      readonly pointer: Pointer;
      /** Where it should be: the repair by hand. */
      readonly to: Version | undefined;
      readonly failure: StepFailure;
    }
  /** What a write changed in place was restored. */
  | {
      readonly kind: "content_reverted";
      readonly key: AgentKey;
      readonly id: AgentId;
      readonly version: Version;
    }
  /** These properties could not be restored: the repair by hand. */
  | {
      readonly kind: "content_left";
      readonly key: AgentKey;
      readonly id: AgentId;
      readonly version: Version;
      /** "*" if unknown. */
      readonly paths: readonly PropertyPath[] | undefined;
    }
  /** An agent that this apply created is a duplicate, and was deleted. */
  | { readonly kind: "duplicate_deleted"; readonly key: AgentKey; readonly id: AgentId }
  /** A duplicate that could not be deleted: it is in use, or the server refused. */
  | {
      readonly kind: "duplicate_left";
      readonly key: AgentKey;
      readonly id: AgentId;
      readonly failure: StepFailure | undefined;
    }
  /**
   * Another run created these agents first. What this run created for their keys was deleted, nothing is released, and
   * the plan is made again, with the agents of the other run.
   */
  | {
      readonly kind: "apply_superseded";
      readonly agents: readonly { readonly key: AgentKey; readonly id: AgentId }[];
    }
  | { readonly kind: "agent_deleted"; readonly key: AgentKey; readonly id: AgentId }
  | {
      readonly kind: "delete_failed";
      readonly key: AgentKey;
      readonly id: AgentId;
      readonly failure: StepFailure;
    }
  /** The run was asked to stop: work in flight is finished, nothing new starts, and moved pointers are reverted. */
  | { readonly kind: "apply_stopped"; readonly by: StopReason }
  | { readonly kind: "apply_finished"; readonly released: boolean; readonly ms: number };

/** What ended an apply early. */
export type StopReason = "SIGINT" | "SIGTERM" | "SIGHUP" | "timeout";

/** Whether a failure means that another writer works on the same agents (exit 4). */
export function isConcurrency(failure: StepFailure): boolean {
  switch (failure.kind) {
    case "interleaved":
    case "created_twice":
    case "pointer_moved":
    case "changed_meanwhile":
      return true;
    case "api":
    case "not_taken":
    case "edited_in_place":
    case "metadata_refused":
    case "out_of_time":
      return false;
  }
}
