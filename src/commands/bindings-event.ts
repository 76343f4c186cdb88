import type { Problem } from "../config/problem.ts";

/** What a command that defines nothing finds out about whose agents it is for. */
export type BindingsEvent =
  /** A command that defines nothing needs to know whose agents it is about, and the file does not say. */
  | { readonly kind: "project_unknown" }
  /** What is wrong with the files and does not matter to a command that defines nothing. */
  | { readonly kind: "config_skipped"; readonly problems: readonly Problem[] }
  /** The project that was named has agents in these environments only, and none was chosen. */
  | {
      readonly kind: "environment_needed";
      readonly project: string;
      readonly known: readonly string[];
    };
