import type { ApiFailure } from "../agent/api-error.ts";
import type { AgentId, AgentKey, Pointer, Version } from "../agent/identity.ts";
import type { PropertyPath } from "../agent/property-path.ts";

import type { CheckEvent } from "./check-event.ts";

/** The ways to write an agent; `complete` is the second write of a new one, `forget` takes its tags away. */
export type WriteKind = "create" | "update" | "complete" | "forget";

/** The parts of an apply, one after the other; `revert` takes the place of the rest after a failure. */
export type Phase =
  | "build"
  | "await_listing"
  | "verify"
  | "gate"
  | "release"
  | "confirm"
  | "prune"
  | "revert";

/** Why one step of an apply did not succeed. */
export type StepFailure =
  | { readonly kind: "api"; readonly failure: ApiFailure }
  /** The server answered, but these properties are not as they were sent. */
  | {
      readonly kind: "not_taken";
      readonly version: Version;
      readonly paths: readonly PropertyPath[];
    }
  /** Somebody else wrote the agent between plan and apply. Theirs is kept, and both are named. */
  | {
      readonly kind: "interleaved";
      readonly theirs: Version;
      readonly ours: Version | undefined;
    }
  /** Another run created an agent for the same key at the same time; this is theirs. */
  | { readonly kind: "created_twice"; readonly id: AgentId }
  /** A pointer stands where neither the plan nor this apply put it. */
  | {
      readonly kind: "pointer_moved";
      readonly expected: Version | undefined;
      readonly found: Version | undefined;
    }
  /** The time for reverting was used up before it was this step's turn. */
  | { readonly kind: "out_of_time" }
  /** The server refused the request because of its metadata, of which a part are the tags. */
  | {
      readonly kind: "metadata_refused";
      readonly failure: ApiFailure;
      readonly labels: number;
      readonly tags: number;
      /** Characters of the longest value. */
      readonly longest: number;
    }
  /** The server made no new version of it, but changed the one that was to stay. */
  | { readonly kind: "edited_in_place"; readonly version: Version }
  /** The agent is not what the plan saw any more. */
  | { readonly kind: "changed_meanwhile"; readonly expected: Version; readonly found: Version };

/** How a gate's command ended. */
export type GateEnd =
  | { readonly kind: "passed" }
  | { readonly kind: "failed"; readonly status: number }
  /** By a signal, or it could not be started. */
  | { readonly kind: "broken"; readonly reason: string }
  | { readonly kind: "timed_out"; readonly ms: number }
  /** The run was asked to stop. */
  | { readonly kind: "stopped" };

/** A gate that was run against one version, with the last lines it said. */
export type GateOutcome = {
  readonly key: AgentKey;
  readonly command: string;
  readonly id: AgentId;
  readonly version: Version;
  readonly output: readonly string[];
  readonly ms: number;
};

/** What happens while a plan is carried out, in the order in which it happens. */
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
  /** The next part begins, which may have nothing to do. */
  | { readonly kind: "phase_started"; readonly phase: Phase }
  /** Something is done to an agent from here on; another event tells how it ended. */
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
      /** How often the request was sent, counting none of the transport's own retries. */
      readonly sent: number;
      /** The answer was lost and the agent was found to be written by reading it. */
      readonly recovered: boolean;
      readonly ms: number;
    }
  | {
      readonly kind: "write_failed";
      readonly key: AgentKey;
      readonly write: WriteKind;
      readonly failure: StepFailure;
    }
  /** Everything was created, but no listing could be had that shows it, so nothing is released. */
  | { readonly kind: "listing_failed"; readonly failure: StepFailure }
  /** An existing version was read once more and is as it should be. */
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
  /** A line of what a gate's command says, on either stream. */
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
  /** A pointer that was to be reverted, but that somebody else has moved meanwhile: it is theirs. */
  | {
      readonly kind: "pointer_taken";
      readonly key: AgentKey;
      readonly id: AgentId;
      readonly pointer: Pointer;
      /** Where this apply had put it. */
      readonly expected: Version | undefined;
      readonly found: Version | undefined;
    }
  | {
      readonly kind: "revert_failed";
      readonly key: AgentKey;
      readonly id: AgentId;
      readonly pointer: Pointer;
      /** Where it should stand: what a person has to do by hand. */
      readonly to: Version | undefined;
      readonly failure: StepFailure;
    }
  /** What a write changed in place is as it was before. */
  | {
      readonly kind: "content_reverted";
      readonly key: AgentKey;
      readonly id: AgentId;
      readonly version: Version;
    }
  /** The same, but these properties are not: what a person has to do by hand. */
  | {
      readonly kind: "content_left";
      readonly key: AgentKey;
      readonly id: AgentId;
      readonly version: Version;
      /** "*" where nobody knows. */
      readonly paths: readonly PropertyPath[] | undefined;
    }
  /** An agent that this apply created is a duplicate, and was deleted. */
  | { readonly kind: "duplicate_deleted"; readonly key: AgentKey; readonly id: AgentId }
  /** The same, but it could not be taken away: somebody uses it, or the server said no. */
  | {
      readonly kind: "duplicate_left";
      readonly key: AgentKey;
      readonly id: AgentId;
      readonly failure: StepFailure | undefined;
    }
  /**
   * Another run created these agents first. What this run created for their keys was deleted, nothing is
   * released, and it is planned once more, with the agents of the other run.
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
  /** Asked to stop: what was in flight is finished, nothing new is begun, what moved is reverted. */
  | { readonly kind: "apply_stopped"; readonly by: StopReason }
  | { readonly kind: "apply_finished"; readonly released: boolean; readonly ms: number };

/** Who ended an apply early. */
export type StopReason = "SIGINT" | "SIGTERM" | "SIGHUP" | "timeout";

/** Whether a failure means that someone else is at work on the same agents (exit 4). */
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
