import { isList, isObject, type JsonObject, parsedJson } from "../agent/json.ts";
import { subcommandOf } from "./command-line.ts";

import type { Task } from "./task.ts";

/** What a run found out; undefined is not known, such as after a plan that was refused. */
export type Findings = {
  readonly changes: boolean | undefined;
  readonly drift: boolean | undefined;
  /** The digest of the plan. */
  readonly digest: string | undefined;
  /** After what writes, as JSON: id, default version and aliases of each agent by key. */
  readonly agents: string | undefined;
};

/** The documents that a run may have left, as text. */
export type Documents = {
  readonly plan: string | undefined;
  readonly report: string | undefined;
};

/** What the exit code and the documents of a run say. */
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

/** What is known before anything was run. */
export const nothingFound: Findings = {
  changes: undefined,
  drift: undefined,
  digest: undefined,
  agents: undefined,
};

/** A plan or a report: both have these members, null or absent where the run did not get so far. */
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

/** `applyable` is also false for a plan that is refused: then it is not known. */
function hasChanges({ applyable, refusals }: JsonObject): boolean | undefined {
  if (applyable === true) return true;
  return isList(refusals) && refusals.length === 0 ? false : undefined;
}

/** An object, empty where the text is none. */
function parsed(text: string | undefined): JsonObject {
  const json = parsedJson(text);
  return isObject(json) ? json : {};
}
