import { meant } from "./did-you-mean.ts";
import type { ProblemWordings } from "./problem-wording.ts";

type TemplateCode =
  | "bad_template"
  | "template_not_allowed"
  | "secret_not_allowed"
  | "api_key_not_allowed"
  | "undefined_variable";

/** A template that cannot be filled, in words. */
export const templateWordings: ProblemWordings<TemplateCode> = {
  bad_template: ({ found }) => ({
    message: `${found} is not a reference`,
    expected:
      "${{ vars.name }}, ${{ env.NAME }}, ${{ secrets.NAME }} or ${{ environment }}; $${{ for a literal ${{",
  }),
  template_not_allowed: () => ({
    message: "templates are not allowed here",
    expected: "a plain value",
  }),
  secret_not_allowed: ({ name }) => ({
    message: `the secret ${name} would be stored where everybody can read it`,
    expected: "secrets only in the value of an authorization",
  }),
  api_key_not_allowed: ({ name }) => ({
    message: `${name} contains an API key, which templates must not use`,
    expected: "another variable; agentvane reads the key by itself",
  }),
  undefined_variable: ({ source, name, suggestions }) => ({
    message:
      source === "environment"
        ? "no environment is chosen, so ${{ environment }} has no name"
        : `${source}.${name} is not defined`,
    hint: suggestions.length > 0 ? meant(suggestions) : definitions[source](name),
  }),
};

const definitions = {
  vars: (name: string) =>
    `Add it under vars, set AGENTVANE_VAR_${name}, or give --var ${name}=VALUE.`,
  env: (name: string) => `Set the environment variable ${name}; an empty one counts as unset.`,
  secrets: (name: string) => `Set the environment variable ${name}; its value is never shown.`,
  environment: () => "Declare environments and choose one with --env NAME.",
} as const;
