import type { Behaviour } from "../../src/emulator/behaviour.ts";

/** Each way in which a server may differ where the API is undocumented, one at a time. */
export const behaviourVariants: readonly (readonly [string, Partial<Behaviour>])[] = [
  ["the likely behaviour", {}],
  ["PATCH onto the newest version", { patch_base: "newest" }],
  ["merged metadata", { metadata_in_patch: "merge" }],
  ["merged completion_args", { completion_args_in_patch: "merge" }],
  ["null that means unchanged", { null_in_patch: "unchanged" }],
  ["identical PATCHes without a version", { identical_patch: "no_version" }],
  ["an ignored metadata filter", { metadata_filter: "ignored" }],
  ["a list that lags two reads", { listed_after_reads: 2 }],
  ["short pages", { pages: "short" }],
  ["no pages", { pages_endpoint: "missing" }],
  ["oldest first", { list_order: "oldest_first" }],
  ["summaries in lists", { list_items: "summary" }],
  ["no echoed defaults", { defaults: "not_echoed" }],
  ["masked secrets", { secrets: "masked" }],
  ["omitted secrets", { secrets: "omitted" }],
  ["stripped white space", { trailing_whitespace: "stripped" }],
  ["first version 1", { first_version: 1 }],
  ["deployment_chat ignored on create", { deployment_chat_on_create: "ignored" }],
  ["no versions in the answer to a create", { versions_on_create: "empty" }],
  ["checked handoffs", { unknown_handoff: 422 }],
  ["little room in metadata", { metadata_keys: 16, metadata_value_length: 512 }],
  ["aliases that touch the agent", { alias_put: "touches_agent" }],
];

/** Some of them by name, for what only these can matter to. */
export function variantsNamed(...names: readonly string[]): typeof behaviourVariants {
  return names.map((name) => {
    const found = behaviourVariants.find((variant) => variant[0] === name);
    if (found === undefined) throw new Error(`no variant "${name}"`);
    return found;
  });
}

/** Several of them at once, where one run has to do: what none of them breaks, all together may. */
export const awkward: (typeof behaviourVariants)[number] = [
  "all that is awkward about writing, at once",
  {
    patch_base: "newest",
    metadata_in_patch: "merge",
    completion_args_in_patch: "merge",
    identical_patch: "no_version",
    defaults: "not_echoed",
    first_version: 1,
    alias_put: "touches_agent",
    versions_on_create: "empty",
  },
];
