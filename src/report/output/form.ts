import type { ApplicationFormat, ProjectOutput } from "../../commands/project-output.ts";
import { outputJson } from "../json/output.ts";
import type { Line } from "../words/line.ts";
import { outputText } from "./text.ts";
import { outputTypeScript } from "./typescript.ts";
import { outputEnv, outputGithub } from "./variables.ts";

/** An output form: how to write it, and whether keys become variable names in it. */
export type OutputForm = {
  readonly write: (output: ProjectOutput) => string;
  readonly asVariables: boolean;
};

/** Every form. Each output ends with a line break. */
export const outputForms = {
  text: { write: (output) => linesOf(outputText(output)), asVariables: false },
  json: { write: outputJson, asVariables: false },
  env: { write: outputEnv, asVariables: true },
  github: { write: outputGithub, asVariables: true },
  ts: { write: outputTypeScript, asVariables: false },
} satisfies { readonly [Format in ApplicationFormat]: OutputForm };

function linesOf(lines: readonly Line[]): string {
  const plain = lines.map((line) =>
    line.map((span) => (typeof span === "string" ? span : span.text)).join(""),
  );
  return `${plain.join("\n")}\n`;
}

/** What an application needs, as lines of the result. */
export function outputLines(output: ProjectOutput, format: ApplicationFormat): readonly Line[] {
  if (format === "text") return outputText(output);
  const text = outputForms[format].write(output);
  return text
    .slice(0, -1)
    .split("\n")
    .map((line): Line => [line]);
}
