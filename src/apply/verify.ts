import { agentTable } from "../agent/agent-table.ts";
import { canonical } from "../agent/canonical.ts";
import { type Difference, differences } from "../agent/differences.ts";
import type { JsonObject } from "../agent/json.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { type Tags, tagsOf, tagsToMetadata } from "../agent/tags.ts";
import { withConfigReferences } from "../plan/config-references.ts";
import type { Run } from "./run.ts";

/** Every difference of the server's answer from what was sent; empty if it took every field. */
export function notTaken(
  run: Run,
  answer: RemoteAgent,
  wanted: JsonObject,
  tags: Tags | undefined,
): readonly Difference[] {
  return [...contentDifferences(run, answer, wanted), ...tagDifferences(answer, tags)];
}

/** The differences of a version from its definition, without its tags. */
export function contentDifferences(
  run: Run,
  answer: RemoteAgent,
  wanted: JsonObject,
): readonly Difference[] {
  const actual = canonical(agentTable, withConfigReferences(answer, run.references));
  return differences(agentTable, actual, canonical(agentTable, wanted), "trusted");
}

function tagDifferences(answer: RemoteAgent, tags: Tags | undefined): readonly Difference[] {
  const actual = tagsOf(answer);
  const found = actual === undefined ? {} : tagsToMetadata(actual);
  const wanted = tags === undefined ? {} : tagsToMetadata(tags);
  return [...new Set([...Object.keys(found), ...Object.keys(wanted)])]
    .filter((name) => found[name] !== wanted[name])
    .map((name) => ({ path: ["metadata", name], before: found[name], after: wanted[name] }));
}
