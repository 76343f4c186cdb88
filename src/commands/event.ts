import type { ApiFailure } from "../agent/api-error.ts";
import type { NamedEntity } from "../agent/caller.ts";
import type { DesiredProject } from "../agent/definition.ts";
import type { Difference } from "../agent/differences.ts";
import type { AgentId, AgentKey, AliasName, Version } from "../agent/identity.ts";
import type { RemoteAgent, RemoteAlias } from "../agent/remote-agent.ts";
import type { WeakSecret } from "../agent/secret-text.ts";
import type { ApplyEvent, StopReason } from "../apply/event.ts";
import type { MemberProblem } from "../config/check-members.ts";
import type { Problem } from "../config/problem.ts";
import type { CheckoutTrouble } from "../plan/checkout-note.ts";
import type { Outdated, Recorded } from "../plan/commit-judgement.ts";
import type { Plan } from "../plan/plan.ts";
import type { PlanDifference } from "../plan/plan-difference.ts";
import type { Refusal } from "../plan/refusal.ts";
import type { DoctorCheck } from "./doctor-check.ts";
import type { HistoryEntry } from "./history-entry.ts";
import type { Behaviour, ProbeName } from "./probe-list.ts";
import type { ProblemPage } from "./problem-page.ts";
import type { OutputFormat, ProjectOutput } from "./project-output.ts";
import type { RemoteEnvironment } from "./remote-environment.ts";
import type { TalkEvent } from "./talk-event.ts";

/** Where an alias stands now, to be written into the file. */
export type Pin = {
  readonly key: AgentKey;
  readonly alias: AliasName;
  readonly version: Version;
};

/** An agent that was imported. */
export type ImportedNote = {
  readonly key: AgentKey;
  readonly id: AgentId;
  readonly name: string;
  /** Environment variables that have to hold secrets nobody can read back. */
  readonly secrets: readonly string[];
  readonly unknownTools: readonly string[];
  /** What stays on the agent because a file of this version may not say it. */
  readonly unsaid: readonly MemberProblem[];
};

/** An agent that a key of the file, which had none, is bound to by `id` now. */
export type BoundNote = {
  readonly key: AgentKey;
  readonly id: AgentId;
  readonly name: string;
};

/** An agent that could not be imported: a file may not say what it cannot leave out, or it may be one of the file's. */
export type LeftOutNote = {
  readonly id: AgentId;
  readonly name: string;
  readonly unsaid: readonly MemberProblem[];
  /** The key that it may be meant for: the file has it, and no agent has its tags. */
  readonly declaredAs?: AgentKey;
};

/** Why a saved plan cannot be read. */
export type PlanFault =
  | { readonly kind: "missing" }
  | { readonly kind: "not_a_plan" }
  /** Its seal is broken: not one byte may change. */
  | { readonly kind: "altered" }
  | { readonly kind: "other_tool"; readonly tool: string };

/** One of this project's agents with its aliases. */
export type ShownAgent = {
  readonly key: string;
  readonly agent: RemoteAgent;
  readonly aliases: readonly RemoteAlias[];
};

/**
 * Everything that can happen in a run. Each output format, and the exit code, is a fold of these; no text
 * for people is in them.
 */
export type RunEvent =
  | ApplyEvent
  | TalkEvent
  /** The configuration cannot be used. */
  | { readonly kind: "config_invalid"; readonly problems: readonly Problem[] }
  /** A command that defines nothing needs to know whose agents it is about, and the file does not say. */
  | { readonly kind: "project_unknown" }
  /** What is wrong with the files and does not matter to a command that defines nothing. */
  | { readonly kind: "config_skipped"; readonly problems: readonly Problem[] }
  /** The project that was named has agents in these environments only, and none was chosen. */
  | {
      readonly kind: "environment_needed";
      readonly project: string;
      readonly known: readonly string[];
    }
  /** A secret can be masked only where it stands as a word of its own. */
  | ({ readonly kind: "secret_weak" } & WeakSecret)
  /** The variable that should hold the API key is unset or empty. */
  | { readonly kind: "key_missing"; readonly variable: string }
  /** The key belongs to another workspace than the one that the environment names. */
  | { readonly kind: "workspace_refused"; readonly expected: string; readonly found: NamedEntity }
  /** The server does not say which workspace the key belongs to. */
  | { readonly kind: "workspace_untold"; readonly expected: string }
  | {
      readonly kind: "validated";
      readonly desired: DesiredProject;
      readonly files: readonly string[];
      /** All that were tried when none was chosen. */
      readonly environments: readonly string[];
      /** Variables that a plan needs and that are not set, the API key's among them; sorted. */
      readonly unset: readonly string[];
    }
  /** Variables that `${{ env.X }}` names are not set, which is no error where nothing is sent. */
  | { readonly kind: "variables_unset"; readonly variables: readonly string[] }
  | { readonly kind: "rendered"; readonly desired: DesiredProject }
  | {
      readonly kind: "shown";
      readonly project: string;
      readonly environment: string;
      readonly agents: readonly ShownAgent[];
    }
  | {
      readonly kind: "environments_read";
      readonly project: string;
      readonly environments: readonly RemoteEnvironment[];
      /** Variables without a key, whose environments nobody looked at. */
      readonly unread: readonly string[];
    }
  /** What an application needs to know, in the form that was asked for. */
  | {
      readonly kind: "output_read";
      readonly output: ProjectOutput;
      readonly format: OutputFormat;
      /** Whether it is the result on stdout; else it goes into a file, or is compared with one. */
      readonly isShown: boolean;
    }
  /** It cannot be given like that. */
  | { readonly kind: "output_refused"; readonly refusals: readonly Refusal[] }
  /** A file that an earlier run wrote, compared with what it should say now. */
  | {
      readonly kind: "output_compared";
      readonly path: string;
      readonly holds: boolean;
      /** Lines that it should have and has not. */
      readonly lacking: readonly string[];
    }
  /** A page of docs/problems.md. */
  | { readonly kind: "explained"; readonly code: string; readonly page: ProblemPage }
  /** `show KEY` of an agent that the project does not have. */
  | { readonly kind: "not_found"; readonly key: string; readonly known: readonly string[] }
  | { readonly kind: "planned"; readonly plan: Plan }
  /** What was changed outside, as far as a plan has found out. */
  | { readonly kind: "drift_found"; readonly plan: Plan }
  | {
      readonly kind: "history_read";
      readonly key: string;
      readonly id: AgentId;
      /** Newest first. */
      readonly entries: readonly HistoryEntry[];
    }
  | {
      readonly kind: "versions_compared";
      readonly key: string;
      readonly before: Version;
      readonly after: Version;
      readonly changes: readonly Difference[];
    }
  /** `history --diff` names versions that the agent does not have. */
  | {
      readonly kind: "version_missing";
      readonly key: string;
      readonly missing: readonly Version[];
      readonly known: readonly Version[];
    }
  /** Agents were written into files, with what a person has to know about each. */
  | {
      readonly kind: "imported";
      readonly agents: readonly ImportedNote[];
      readonly bound: readonly BoundNote[];
      readonly leftOut: readonly LeftOutNote[];
    }
  /** What the file has to say for the next apply to leave the aliases there. */
  | {
      readonly kind: "pinned";
      readonly pins: readonly Pin[];
      readonly environment: string;
      /** The pattern of the file that alone stands for the environment: then the pins have no place yet. */
      readonly pattern: string | undefined;
    }
  /** Files have no place for pins that should have been written; the pins are told all the same. */
  | { readonly kind: "pins_unwritable"; readonly paths: readonly string[] }
  /** The aliases moved, and then a file could not be written although it had passed every check. */
  | { readonly kind: "pins_unwritten"; readonly path: string; readonly reason: string }
  /** A plan was written to a file; `args` are the words behind the name of the program that apply it. */
  | { readonly kind: "plan_saved"; readonly path: string; readonly args: readonly string[] }
  /** A file is no plan that can be carried out. */
  | { readonly kind: "plan_unusable"; readonly path: string; readonly fault: PlanFault }
  /** What a run was asked for cannot be done: a secret is not set, or an agent cannot be imported. */
  | { readonly kind: "refused"; readonly refusals: readonly Refusal[] }
  /** Nobody is there to approve that edits made outside are overwritten. */
  | { readonly kind: "drift_refused"; readonly keys: readonly AgentKey[] }
  /** Nobody is there to approve anything, and no flag does. */
  | { readonly kind: "approval_missing" }
  | { readonly kind: "declined" }
  /** The server is read, from here to the next event; again after a yes, since somebody may have taken their time. */
  | { readonly kind: "fetching"; readonly again: boolean }
  /** What a plan was made for changed while a person was reading it, or since it was saved. */
  | { readonly kind: "plan_stale"; readonly differences: readonly PlanDifference[] }
  /** A saved plan leaves nothing to do, although the configuration wants more by now. */
  | { readonly kind: "saved_plan_done"; readonly why: "no_operations" | "already_applied" }
  /** What is checked out is older than what was applied. */
  | { readonly kind: "commit_outdated"; readonly outdated: readonly Outdated[] }
  /** Whether it is cannot be told: not all of the history is here. */
  | { readonly kind: "commit_unknown"; readonly agents: readonly Recorded[] }
  /** A repository is there, and nobody can tell which commit is checked out. */
  | { readonly kind: "checkout_unusable"; readonly trouble: CheckoutTrouble }
  /** A request failed before anything was written. */
  | { readonly kind: "read_failed"; readonly failure: ApiFailure }
  /** Ended from outside before anything was written. */
  | { readonly kind: "interrupted"; readonly by: StopReason }
  /** The server announces that an operation goes; told once a run. Dates are days where the server writes a time. */
  | {
      readonly kind: "api_deprecated";
      readonly method: string;
      readonly path: string;
      readonly since: string | undefined;
      readonly ends: string | undefined;
    }
  /** Requests are held up: the server asked for patience, or a request is about to be sent again. */
  | {
      readonly kind: "waiting";
      readonly method: string;
      readonly path: string;
      readonly ms: number;
      readonly reason: "rate_limit" | "retry";
    }
  /** The command line cannot be understood; cli words it, since only cli knows its flags. */
  | { readonly kind: "usage_error"; readonly problem: string; readonly hint: string }
  /** Something of this machine is in the way: a file that cannot be written, a port that is taken. */
  | { readonly kind: "machine_error"; readonly what: string; readonly reason: string }
  /** Standard output took no more, as on a full disk; who only reads along may leave without this. */
  | {
      readonly kind: "output_failed";
      readonly reason: string;
      /** Whether the output is all that the command is for, or only tells what it did. */
      readonly product: "output" | "effect";
    }
  /** Another process writes the emulator's data, and keeps this one waiting for longer than that should take. */
  | { readonly kind: "data_busy"; readonly path: string }
  /** A file for a result is one that the run reads, or names twice: writing it would destroy the other. */
  | { readonly kind: "file_protected"; readonly what: string; readonly why: string }
  /** The report could not be written when the run was over. Tells, and changes nothing about how the run ended. */
  | { readonly kind: "report_unwritten"; readonly path: string; readonly reason: string }
  /** A mistake of ours, to be reported with its stack. */
  | { readonly kind: "crashed"; readonly message: string; readonly stack: string }
  /** From here on agents are made and deleted, none of which is anybody's. */
  | { readonly kind: "probe_started" }
  | {
      readonly kind: "probed";
      readonly found: readonly { readonly name: ProbeName; readonly value: Behaviour }[];
    }
  | { readonly kind: "probe_failed"; readonly failure: ApiFailure }
  /** A probe agent could not be deleted. */
  | { readonly kind: "probe_left"; readonly id: AgentId; readonly failure: ApiFailure }
  /** One thing that `doctor` looked at. */
  | { readonly kind: "checked"; readonly finding: DoctorCheck }
  /** All that it looked at. */
  | { readonly kind: "diagnosed"; readonly findings: readonly DoctorCheck[] }
  /** A first configuration was written to this file. */
  | { readonly kind: "started"; readonly file: string }
  | { readonly kind: "file_written"; readonly path: string }
  /** A file that a command line names is not there. */
  | { readonly kind: "file_missing"; readonly path: string }
  | { readonly kind: "file_exists"; readonly path: string };

/** Takes events as they happen. */
export type Emit = (event: RunEvent) => void;
