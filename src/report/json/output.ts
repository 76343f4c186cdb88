import type { JsonObject } from "../../agent/json.ts";
import type { RunEvent } from "../../commands/event.ts";
import type { ProjectOutput } from "../../commands/project-output.ts";
import type { RunError } from "../run-error.ts";
import { sanitizedJson } from "../safe/sanitize.ts";
import { documentOf } from "./document.ts";

/** The output of `output --format json`: schemas/output.schema.json. */
export function outputDocument(
  events: readonly RunEvent[],
  error: RunError | undefined,
): JsonObject {
  const read = events.find((event) => event.kind === "output_read");
  const checked = events.find((event) => event.kind === "output_compared");
  return documentOf("output", error, {
    ...(read === undefined
      ? { project: null, environment: null, agents: {} }
      : outputMembers(read.output)),
    ...(checked !== undefined && { check: { file: checked.path, holds: checked.holds } }),
  });
}

/** The same document for a file, as after a successful run. */
export function outputJson(output: ProjectOutput): string {
  return `${sanitizedJson(documentOf("output", undefined, outputMembers(output)))}\n`;
}

/** The members with what an application needs. */
export function outputMembers({ project, environment, alias, agents }: ProjectOutput) {
  return {
    project,
    environment,
    ...(alias !== undefined && { alias }),
    agents: Object.fromEntries(
      agents.map(({ key, id, name, version, aliases }) => [
        key,
        {
          id,
          name,
          version,
          aliases: Object.fromEntries(aliases.map((each) => [each.alias, each.version])),
        },
      ]),
    ),
  };
}
