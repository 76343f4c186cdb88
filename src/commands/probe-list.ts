import { isApiError } from "../agent/api-error.ts";
import type { AliasName, Version } from "../agent/identity.ts";
import { isObject, type Json, type JsonObject } from "../agent/json.ts";
import { newestVersion } from "../agent/remote-agent.ts";
import type { ProbeAgent } from "./probe-agent.ts";

/** Undocumented behaviours of the API, named as the emulator's switches. */
export type ProbeName =
  | "first_version"
  | "defaults"
  | "trailing_whitespace"
  | "listed_after_reads"
  | "patch_makes"
  | "metadata_keys"
  | "metadata_value_length"
  | "completion_args_in_patch"
  | "metadata_in_patch"
  | "null_in_patch"
  | "identical_patch"
  | "patch_base"
  | "alias_put"
  | "alias_to_missing_version"
  | "unknown_handoff"
  | "unknown_model"
  | "deployment_chat_on_create";

/** The behaviour of a server: a value of the switch, or a value that the switch does not have. */
export type ProbeResult = string | number;

/** A question about a server, answered on a temporary agent. */
export type Probe = {
  readonly name: ProbeName;
  readonly find: (agent: ProbeAgent) => Promise<ProbeResult>;
};

/** The members of the probe agent. */
export const probeAgentMembers: JsonObject = {
  instructions: "Nobody is to talk to this agent.  \n",
  description: "first",
  completion_args: { temperature: 0.1, top_p: 0.5 },
};

/** All questions, in an order in which none affects the next ones. */
export const probes: readonly Probe[] = [
  { name: "first_version", find: async ({ created }) => created.version },
  {
    name: "defaults",
    find: async ({ created }) => (Object.hasOwn(created, "tools") ? "echoed" : "not_echoed"),
  },
  {
    name: "trailing_whitespace",
    find: async ({ created }) =>
      created.instructions === probeAgentMembers.instructions ? "kept" : "stripped",
  },
  { name: "listed_after_reads", find: readsUntilListed },
  {
    name: "patch_makes",
    find: async (agent) => {
      const after = await agent.update({ description: "second" });
      const isNew = newestVersion(after) > newestVersion(agent.created);
      return isNew ? "new_version" : "same_version";
    },
  },
  {
    name: "metadata_keys",
    find: ({ mark, update }) => {
      const more = (count: number) =>
        Object.fromEntries(
          Array.from({ length: count - Object.keys(mark).length }, (_, at) => [`probe-${at}`, "x"]),
        );
      return mostAccepted(mostKeys, (count) => update({ metadata: { ...mark, ...more(count) } }));
    },
  },
  {
    name: "metadata_value_length",
    find: ({ mark, update }) =>
      mostAccepted(mostCharacters, (length) =>
        update({ metadata: { ...mark, "probe-0": "x".repeat(length) } }),
      ),
  },
  {
    name: "completion_args_in_patch",
    find: async (agent) => {
      const { completion_args } = await agent.update({ completion_args: { temperature: 0.2 } });
      return isObject(completion_args) && completion_args.top_p === 0.5 ? "merge" : "replace";
    },
  },
  {
    name: "metadata_in_patch",
    find: async (agent) => {
      await agent.update({ metadata: { ...agent.mark, left: "x" } });
      const { metadata } = await agent.update({ metadata: agent.mark });
      return isObject(metadata) && metadata.left === "x" ? "merge" : "replace";
    },
  },
  {
    name: "null_in_patch",
    find: async (agent) => {
      const { description } = await agent.update({ description: null });
      return isEmpty(description) ? "clears" : "unchanged";
    },
  },
  {
    name: "identical_patch",
    find: async (agent) => {
      const before = await agent.update({ description: "same" });
      const after = await agent.update({ description: "same" });
      return newestVersion(after) > newestVersion(before) ? "new_version" : "no_version";
    },
  },
  { name: "patch_base", find: baseOfPatch },
  {
    name: "alias_put",
    find: async (agent) => {
      const before = await agent.read();
      await agent.setAlias("probe" as AliasName, before.version);
      const after = await agent.read();
      return after.updated_at === before.updated_at ? "leaves_agent" : "touches_agent";
    },
  },
  {
    name: "alias_to_missing_version",
    find: (agent) => statusOf(() => agent.setAlias("probe" as AliasName, 999_999 as Version)),
  },
  {
    name: "unknown_handoff",
    find: (agent) => statusOf(() => agent.update({ handoffs: [`ag_${"0".repeat(32)}`] })),
  },
  {
    name: "unknown_model",
    find: async (agent) => {
      const status = await statusOf(() => agent.update({ model: "agentvane-no-such-model" }));
      return status === "accepted" ? status : "refused";
    },
  },
  {
    name: "deployment_chat_on_create",
    find: async (agent) => {
      const status = await statusOf(() => agent.createAnother({ deployment_chat: true }));
      return status === "accepted" ? "ignored" : "refused";
    },
  },
];

/** More than any project needs: a server that accepts this many has no limit. */
const mostKeys = 256;
const mostCharacters = 8_192;

/** The highest number that a request is accepted with, by bisection; "none" if the highest is accepted. */
async function mostAccepted(
  most: number,
  act: (number: number) => Promise<unknown>,
): Promise<ProbeResult> {
  const isAccepted = async (number: number) => (await statusOf(() => act(number))) === "accepted";
  if (await isAccepted(most)) return "none";
  let [accepted, refused] = [1, most];
  while (refused - accepted > 1) {
    const middle = Math.floor((accepted + refused) / 2);
    if (await isAccepted(middle)) accepted = middle;
    else refused = middle;
  }
  return accepted;
}

/** How many lists are read before a new agent appears. */
async function readsUntilListed({ created, list }: ProbeAgent): Promise<ProbeResult> {
  for (let reads = 0; reads < 20; reads += 1) {
    if ((await list()).some(({ id }) => id === created.id)) return reads;
  }
  return "not within 20 reads";
}

/** The version that an update builds on if the default is not the newest one. */
async function baseOfPatch(agent: ProbeAgent): Promise<ProbeResult> {
  const { version: older } = await agent.update({ description: "older" });
  await agent.update({ description: "newest" });
  await agent.switchVersion(older);
  const { description } = await agent.update({ completion_args: { temperature: 0.3 } });
  return description === "newest" ? "newest" : "default";
}

/** "accepted", or the status of the refusal. */
async function statusOf(act: () => Promise<unknown>): Promise<ProbeResult> {
  try {
    await act();
    return "accepted";
  } catch (error) {
    if (!isApiError(error, "refused", "missing")) throw error;
    return error.failure.status ?? "refused";
  }
}

function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || value === "";
}
