import { isList, isObject, type Json, type JsonObject, parseJson } from "./json.ts";
import { nearest } from "./nearest.ts";

/** When a rule applies. All given conditions must match; a rule without conditions always applies. */
export type ReplyCondition = {
  /** The name or the id of the agent that answers. */
  readonly agent?: string;
  readonly version?: number;
  /** Occurs in the text of the newest input: the user's message or a function result. */
  readonly input?: string;
  /** Occurs in the instructions of that version. */
  readonly instructions?: string;
};

/** One rule of a script: when it applies, and the reply. */
export type ReplyRule = ReplyCondition & {
  /**
   * A string is one message. Entries are those of the API; ids, times and authors are filled in. A handoff names the
   * next agent as `to`, by its name or id; that agent then answers by its own rules.
   */
  readonly reply: string | readonly JsonObject[];
  readonly usage?: JsonObject;
  /** How long the answer takes, in milliseconds; the conversation is locked meanwhile. */
  readonly delay_ms?: number;
  /** How often the rule applies; without a limit if left out. */
  readonly times?: number;
};

/** The rules that answer conversations: the first one that applies. */
export type ConversationScript = readonly ReplyRule[];

/** The type of each member of a rule; the text completes "must be …". */
const members: Readonly<Record<string, readonly [what: string, is: (value: Json) => boolean]>> = {
  agent: ["the name or the id of an agent", (value) => typeof value === "string"],
  version: ["a version number", (value) => isCount(value, 0)],
  input: ["a string", (value) => typeof value === "string"],
  instructions: ["a string", (value) => typeof value === "string"],
  reply: ["a string or a list of entries", isReply],
  usage: ["an object of token counts", isObject],
  delay_ms: ["a whole number of milliseconds", (value) => isCount(value, 0)],
  times: ["a whole number from 1", (value) => isCount(value, 1)],
};

/** The required members of each entry type in a reply, besides its type. */
const entryMembers: Readonly<Record<string, readonly string[]>> = {
  "message.output": ["content"],
  "function.call": ["name", "arguments"],
  "tool.execution": ["name", "arguments"],
  "agent.handoff": ["to"],
};

/** Reads a script. Throws an Error that describes the first mistake. */
export function parseScript(text: string): ConversationScript {
  const rules = parseJson(text);
  if (!isList(rules)) {
    throw new Error(
      'A conversation script must be a JSON list of rules such as [{"agent":"triage","input":"refund","reply":"Gladly."}].',
    );
  }
  rules.forEach((rule, at) => {
    const problem = ruleProblem(rule);
    if (problem !== undefined) throw new Error(`Rule ${at + 1} of the script ${problem}`);
  });
  // Every member was checked against the tables above.
  return rules as readonly Json[] as unknown as ConversationScript;
}

function ruleProblem(rule: Json): string | undefined {
  if (!isObject(rule)) return "is not an object.";
  for (const [name, value] of Object.entries(rule)) {
    const known = Object.hasOwn(members, name) ? members[name] : undefined;
    if (known === undefined) return `has an unknown member "${name}".${didYouMean(name)}`;
    const [what, isRight] = known;
    if (!isRight(value)) return `is wrong: "${name}" must be ${what}.`;
  }
  if (rule.reply === undefined) return 'has no "reply".';
  const entries = isList(rule.reply) ? rule.reply.filter(isObject) : [];
  return entries.map(entryProblem).find((problem) => problem !== undefined);
}

function entryProblem(entry: JsonObject): string | undefined {
  const type = String(entry.type);
  const needed = Object.hasOwn(entryMembers, type) ? entryMembers[type] : undefined;
  if (needed === undefined) {
    return `replies with an entry of unknown type "${type}"; expected one of ${Object.keys(entryMembers).join(", ")}.`;
  }
  const missing = needed.find((name) => entry[name] === undefined);
  return missing === undefined ? undefined : `has an entry of type ${type} without "${missing}".`;
}

function didYouMean(name: string): string {
  const near = nearest(name, Object.keys(members));
  return near === undefined ? "" : ` Did you mean "${near}"?`;
}

function isReply(value: Json): boolean {
  return typeof value === "string" || (isList(value) && value.every(isObject));
}

function isCount(value: Json, least: number): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= least;
}
