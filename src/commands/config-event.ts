import type { DesiredProject } from "../agent/definition.ts";
import type { WeakSecret } from "../agent/secret-text.ts";
import type { Problem } from "../config/problem.ts";

/** The events of reading a configuration. Nothing is sent. */
export type ConfigEvent =
  /** The configuration is not valid. */
  | { readonly kind: "config_invalid"; readonly problems: readonly Problem[] }
  /** A secret can be masked only as a whole word. */
  | ({ readonly kind: "secret_weak" } & WeakSecret)
  /** Variables of `${{ env.X }}` are not set; without a server that is no error. */
  | { readonly kind: "variables_unset"; readonly variables: readonly string[] }
  | {
      readonly kind: "validated";
      readonly desired: DesiredProject;
      readonly files: readonly string[];
      /** All environments that were checked if none was chosen. */
      readonly environments: readonly string[];
      /** Unset variables that a plan needs, including the API key; sorted. */
      readonly unset: readonly string[];
    };
