import type { Problem } from "../config/problem.ts";

/** Events of commands without definitions, about the project they are for. */
export type BindingsEvent =
  /** The command needs to know the project, and the file does not name it. */
  | { readonly kind: "project_unknown" }
  /** Problems of the files that do not affect this command. */
  | { readonly kind: "config_skipped"; readonly problems: readonly Problem[] }
  /** All agents of the named project are in these environments, and none was chosen. */
  | {
      readonly kind: "environment_needed";
      readonly project: string;
      readonly known: readonly string[];
    };
