import type { JsonObject } from "../../src/agent/json.ts";
import type { RemoteAgent } from "../../src/agent/remote-agent.ts";
import { contentTag, managedBy } from "../../src/plan/content-tag.ts";
import { specOf } from "../../src/plan/spec.ts";
import { applied, desiredAgent, tags, type Wanted } from "./world.ts";

/** Which version of an agent, and what its tags and the server say of it besides. */
type Circumstances = JsonObject & {
  readonly version?: number;
  readonly versions?: readonly number[];
  /** The aliases that its release moved, as its tag says. */
  readonly moves?: string;
};

/** A version with digits of what was sent. Members beside that are how the server has it now. */
export function sentVersion(
  wanted: Wanted,
  { moves = "", ...now }: Circumstances = {},
): RemoteAgent {
  const agent = desiredAgent(wanted);
  const { name, model, description = null, instructions = null, deployment_chat: chat } = wanted;
  const members = {
    name: name ?? wanted.key,
    model: model ?? "m",
    description,
    instructions,
    ...(chat !== undefined && { deployment_chat: chat }),
  };
  const metadata = tags(wanted.key, {
    version: String(now.version ?? 0),
    spec: specOf(agent),
    content: contentTag(members, managedBy(agent)),
    aliases: moves,
  });
  return applied(wanted, { metadata, ...now });
}
