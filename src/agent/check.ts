import type { AgentKey, AgentRef } from "./identity.ts";
import type { JsonObject } from "./json.ts";
import type { Position } from "./position.ts";

/** A call that must have happened; the given arguments must be among those of the call, at every depth. */
export type ExpectedCall = { readonly name: string; readonly arguments?: JsonObject };

/** What a conversation must fulfil. Everything that is given must hold. */
export type Expectation = {
  /** The agent that took over, anywhere in the conversation. */
  readonly handoff?: AgentRef;
  readonly calls: readonly ExpectedCall[];
  /** Occur in the last message, exactly. */
  readonly contains: readonly string[];
  readonly notContains: readonly string[];
  /** Regular expressions that the last message matches. */
  readonly matches: readonly string[];
  /** The last message is JSON that follows this schema. */
  readonly jsonSchema?: { readonly schema: JsonObject; readonly at: Position };
  readonly maxOutputTokens?: number;
};

/** What called functions answer, by name. */
export type FunctionAnswers = ReadonlyMap<string, string>;

/** A conversation with an agent, and what must come of it before the agent is released. */
export type Check = {
  /** Its number, counted from 1, when the file gives no name. */
  readonly name: string;
  /** The agents it is about; none named is all of them. */
  readonly agents: readonly AgentKey[];
  /** What the user says, turn by turn. */
  readonly say: readonly string[];
  readonly expect: Expectation;
  readonly functions: FunctionAnswers;
  /** How often the conversation is held at most, and how many of these must pass. */
  readonly tries: number;
  readonly passes: number;
  readonly at: Position;
};

/** Whether a check is about an agent. */
export function isAbout({ agents }: Pick<Check, "agents">, key: AgentKey): boolean {
  return agents.length === 0 || agents.includes(key);
}
