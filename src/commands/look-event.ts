import type { DesiredProject } from "../agent/definition.ts";
import type { Difference } from "../agent/differences.ts";
import type { AgentId, Version } from "../agent/identity.ts";
import type { Refusal } from "../plan/refusal.ts";
import type { HistoryEntry } from "./history-entry.ts";
import type { ProblemPage } from "./problem-page.ts";
import type { ApplicationFormat, ProjectOutput } from "./project-output.ts";
import type { RemoteEnvironment } from "./remote-environment.ts";
import type { ShownAgent } from "./shown-agent.ts";

/** The events of commands that only read. */
export type LookEvent =
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
      /** Variables without a key, whose environments were not read. */
      readonly unread: readonly string[];
    }
  /** A section of docs/problems.md. */
  | { readonly kind: "explained"; readonly code: string; readonly page: ProblemPage }
  /** `show KEY` of an agent that the project does not have. */
  | { readonly kind: "not_found"; readonly key: string; readonly known: readonly string[] }
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
  /** What an application needs to know, in the chosen format. */
  | {
      readonly kind: "output_read";
      readonly output: ProjectOutput;
      readonly format: ApplicationFormat;
      /** Whether it is printed on stdout; otherwise it is written to a file or compared with one. */
      readonly isShown: boolean;
    }
  /** It cannot be given in this format. */
  | { readonly kind: "output_refused"; readonly refusals: readonly Refusal[] }
  /** The comparison of a file with its current content. */
  | {
      readonly kind: "output_compared";
      readonly path: string;
      readonly holds: boolean;
      /** Lines that are missing in the file. */
      readonly lacking: readonly string[];
    };
