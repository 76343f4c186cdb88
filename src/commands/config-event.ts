import type { DesiredProject } from "../agent/definition.ts";
import type { WeakSecret } from "../agent/secret-text.ts";
import type { Problem } from "../config/problem.ts";

/** What reading a configuration comes to. Nothing is sent. */
export type ConfigEvent =
  /** The configuration cannot be used. */
  | { readonly kind: "config_invalid"; readonly problems: readonly Problem[] }
  /** A secret can be masked only where it stands as a word of its own. */
  | ({ readonly kind: "secret_weak" } & WeakSecret)
  /** Variables that `${{ env.X }}` names are not set, which is no error where nothing is sent. */
  | { readonly kind: "variables_unset"; readonly variables: readonly string[] }
  | {
      readonly kind: "validated";
      readonly desired: DesiredProject;
      readonly files: readonly string[];
      /** All that were tried when none was chosen. */
      readonly environments: readonly string[];
      /** Variables that a plan needs and that are not set, the API key's among them; sorted. */
      readonly unset: readonly string[];
    };
