import { isList, isObject, type JsonObject, parsedJson } from "../agent/json.ts";
import { subcommandOf } from "./command-line.ts";

import type { Task } from "./task.ts";

/** The findings of a run; undefined means unknown, such as after a plan that was refused. */
export type Findings = {
  readonly changes: boolean | undefined;
  readonly drift: boolean | undefined;
  /** The digest of the plan. */
  readonly digest: string | undefined;
  /** After a command that writes, as JSON: id, default version and aliases of each agent by key. */
  readonly agents: string | undefined;
};

/** The documents that a run may have written, as text. */
export type Documents = {
  readonly plan: string | undefined;
  readonly report: string | undefined;
};

/** The findings in the exit code and the documents of a run. */
export function findingsOf(task: Task, code: number, documents: Documents): Findings {
  switch (subcommandOf(task)) {
    case "plan":
      return fromDocument(documents.plan);
    case "apply":
    case "promote":
    case "rollback":
    case "destroy":
      return fromDocument(documents.report);
    case "drift":
      return { ...nothingFound, drift: code === 2 ? true : code === 0 ? false : undefined };
    case "validate":
      return nothingFound;
  }
}

/** The findings before anything was run. */
export const nothingFound: Findings = {
  changes: undefined,
  drift: undefined,
  digest: undefined,
  agents: undefined,
};

/** Plans and reports both have these members; they are null or absent if the run ended earlier. */
function fromDocument(text: string | undefined): Findings {
  const document = parsed(text);
  const { summary, digests, output } = document;
  if (!isObject(digests) || !isObject(summary)) return nothingFound;
  const { plan: digest } = digests;
  return {
    changes: hasChanges(document),
    drift: typeof summary.drift === "number" ? summary.drift > 0 : undefined,
    digest: typeof digest === "string" && /^[0-9a-f]{64}$/.test(digest) ? digest : undefined,
    agents: isObject(output) ? JSON.stringify(output) : undefined,
  };
}

/** `applyable` is also false for a refused plan; then the answer is unknown. */
function hasChanges({ applyable, refusals }: JsonObject): boolean | undefined {
  if (applyable === true) return true;
  return isList(refusals) && refusals.length === 0 ? false : undefined;
}

/** An object; empty if the text is not one. */
function parsed(text: string | undefined): JsonObject {
  const json = parsedJson(text);
  return isObject(json) ? json : {};
}
