import { conversationSwitches } from "./conversation-switches.ts";
import { nearest } from "./nearest.ts";
import type { Amount, Choice, Switch } from "./switch.ts";

/**
 * Every way in which a real server may differ from the emulator's default, because the Mistral API reference does not
 * say, or because reports disagree. Names and values are those of `--switch name=value`.
 */
export const switches = {
  patch_base: {
    values: ["default", "newest"],
    default: "default",
    doc: "the version that a PATCH is merged onto",
    source: "not documented",
  },
  patch_makes: {
    values: ["new_version", "same_version"],
    default: "new_version",
    doc: "whether a PATCH makes a version, or edits the default one in place",
    source:
      "Mistral API reference says a new version; one report says that the console edits in place",
  },
  metadata_keys: {
    atLeast: 1,
    default: null,
    doc: "most members that metadata may have",
    source: "not documented, but validated; other vendors allow 16",
  },
  metadata_value_length: {
    atLeast: 1,
    default: null,
    doc: "most characters of a string in metadata",
    source: "not documented, but validated; other vendors allow 512",
  },
  metadata_in_patch: {
    values: ["replace", "merge"],
    default: "replace",
    doc: "what metadata in a PATCH does to the existing metadata",
    source: "not documented; clients in the wild send the union, as if it replaced",
  },
  completion_args_in_patch: {
    values: ["replace", "merge"],
    default: "replace",
    doc: "what completion_args in a PATCH does to the existing arguments",
    source: "not documented; the documented sample fits both",
  },
  null_in_patch: {
    values: ["clears", "unchanged"],
    default: "clears",
    doc: "what null means for a nullable field of a PATCH",
    source: "not documented; for model and name null can only mean unchanged",
  },
  identical_patch: {
    values: ["new_version", "no_version"],
    default: "new_version",
    doc: "whether a PATCH that changes nothing makes a version",
    source: "Mistral API reference says that an update creates a version, without exception",
  },
  metadata_filter: {
    values: ["honoured", "ignored"],
    default: "honoured",
    doc: "whether a list applies its metadata filter (containment)",
    source: "Mistral API reference, list agents; how it matches is not documented",
  },
  listed_after_reads: {
    atLeast: 0,
    default: 0,
    doc: "how many lists are read before one shows a new agent; by id it can be read at once",
    source: "not documented",
  },
  pages: {
    values: ["full", "short"],
    default: "full",
    doc: "whether a page may hold fewer agents than requested although more follow",
    source:
      "Mistral API reference: the list honours per-agent sharing, so short pages are plausible",
  },
  pages_endpoint: {
    values: ["present", "missing"],
    default: "present",
    doc: "whether GET /v1/agents/pages exists; if not, `pages` is read as an agent id",
    source: "Mistral API reference, since July 2026",
  },
  list_order: {
    values: ["newest_first", "oldest_first"],
    default: "newest_first",
    doc: "the order of lists, by creation",
    source: "Mistral API reference says sorted by creation time, not in which direction",
  },
  list_items: {
    values: ["full", "summary"],
    default: "full",
    doc: "whether listed agents contain instructions, tools, completion_args and guardrails",
    source: "Mistral API reference gives list items the schema of an agent",
  },
  defaults: {
    values: ["echoed", "not_echoed"],
    default: "echoed",
    doc: "whether answers contain defaults for properties that were not sent",
    source: "sample outputs of the Mistral documentation",
  },
  secrets: {
    values: ["echoed", "masked", "omitted"],
    default: "echoed",
    doc: "how answers show the authorization of a connector tool",
    source: "not documented; the response schema is the request schema",
  },
  trailing_whitespace: {
    values: ["kept", "stripped"],
    default: "kept",
    doc: "what happens to white space at the end of instructions",
    source: "not documented",
  },
  first_version: {
    values: [0, 1],
    default: 0,
    doc: "the number of a new agent's version",
    source: "sample outputs of the Mistral documentation start at 0",
  },
  versions_on_create: {
    values: ["listed", "empty"],
    default: "listed",
    doc: "what the answer to a create says in `versions`",
    source: "the Mistral documentation shows [0]; recordings of the live server show []",
  },
  console_metadata: {
    values: ["kept", "dropped"],
    default: "kept",
    doc: "what an edit in the console does to metadata",
    source: "not documented",
  },
  deployment_chat_on_create: {
    values: ["refused", "ignored"],
    default: "refused",
    doc: "what happens to deployment_chat in a create request",
    source: "Mistral API reference forbids it; it was seen to be ignored",
  },
  unknown_handoff: {
    values: ["accepted", 404, 422],
    default: "accepted",
    doc: "the answer to a handoff to an agent that does not exist",
    source: "not documented",
  },
  unknown_model: {
    values: ["accepted", "refused"],
    default: "accepted",
    doc: "the answer to a model that GET /v1/models does not list",
    source: "not documented",
  },
  tool_checks: {
    values: ["schema", "conversations"],
    default: "schema",
    doc: "whether agent requests are checked against the tool rules of conversations",
    source: "422 answers seen on POST /v1/conversations",
  },
  deprecation_headers: {
    values: ["none", "sent"],
    default: "none",
    doc: "whether answers have the headers Deprecation and Sunset",
    source: "RFC 9745 and RFC 8594; no such header was seen from this API",
  },
  users_me: {
    values: ["bearer", "x_api_key", "missing"],
    default: "bearer",
    doc: "how GET /v1/users/me accepts the key, if it exists",
    source: "Mistral API reference: header x-api-key; programs were seen to send a bearer token",
  },
  alias_put: {
    values: ["leaves_agent", "touches_agent"],
    default: "leaves_agent",
    doc: "whether setting an alias changes the agent's updated_at",
    source: "not documented",
  },
  alias_to_missing_version: {
    values: [404, 422],
    default: 404,
    doc: "the answer to setting an alias to a version that does not exist",
    source: "not documented",
  },
  ...conversationSwitches,
  requests_per_second: {
    atLeast: 1,
    default: null,
    doc: "how many requests are answered per second; the others get 429 with Retry-After",
    source: "Mistral documentation of rate limits; the limit for agents is not documented",
  },
  latency_ms: {
    atLeast: 0,
    default: 0,
    doc: "how long every request takes before it is handled",
    source: "for trying things out",
  },
} as const satisfies Readonly<Record<string, Switch>>;

type Values<Of> = Of extends { readonly values: readonly (infer Value)[] }
  ? Value
  : Of extends { readonly default: null }
    ? number | null
    : number;

/** The behaviour of a server: a value for every switch. */
export type Behaviour = {
  readonly [Name in keyof typeof switches]: Values<(typeof switches)[Name]>;
};

/** The behaviour that documentation and reports suggest. */
export const likelyBehaviour = Object.fromEntries(
  Object.entries(switches).map(([name, row]) => [name, row.default]),
) as Behaviour;

/** Reads `name=value` texts. Throws an Error whose message says which values are valid. */
export function parseSwitches(texts: readonly string[]): Partial<Behaviour> {
  return Object.fromEntries(texts.map(parseSwitch));
}

function parseSwitch(text: string): [string, string | number | null] {
  const [name = "", value] = text.split("=", 2);
  const row: Switch | undefined = Object.entries(switches).find(([known]) => known === name)?.[1];
  if (row === undefined) throw new Error(unknownSwitch(name));
  if (value === undefined) throw new Error(`Expected ${name}=VALUE. ${meaning(name, row)}`);
  const parsed = "values" in row ? parseChoice(row, value) : parseAmount(row, value);
  if (parsed === undefined) {
    throw new Error(`"${value}" is not a valid value of the switch ${name}. ${meaning(name, row)}`);
  }
  return [name, parsed];
}

function parseChoice({ values }: Choice, text: string): string | number | undefined {
  return values.find((value) => String(value) === text);
}

function parseAmount({ atLeast, default: usual }: Amount, text: string): number | null | undefined {
  if (text === "none" && usual === null) return null;
  const amount = /^\d{1,9}$/.test(text) ? Number(text) : -1;
  return amount >= atLeast ? amount : undefined;
}

function meaning(name: string, row: Switch): string {
  const none = row.default === null ? ", or none" : "";
  const allowed =
    "values" in row ? row.values.join(", ") : `a whole number from ${row.atLeast}${none}`;
  return `${name} is ${row.doc}: ${allowed}.`;
}

function unknownSwitch(name: string): string {
  const names = Object.keys(switches);
  const near = nearest(name, names);
  const hint = near === undefined ? "" : ` Did you mean ${near}?`;
  return `Unknown switch "${name}".${hint} The switches are: ${names.join(", ")}.`;
}
