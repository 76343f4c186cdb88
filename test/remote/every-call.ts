import type { AgentId, AliasName, Version } from "../../src/agent/identity.ts";
import type { Connection } from "../../src/remote/remote.ts";
import { agent, json, testSecret } from "./odd-server.ts";

export const id = "ag_1" as AgentId;
const prod = "prod" as AliasName;
const first = 0 as Version;

const neverEnds = new AbortController().signal;

/** One call of every kind that differs in how it may be repeated. */
export const calls = {
  get: ({ reader }: Connection) => reader.agent(id),
  create: ({ writer }: Connection) =>
    writer.create({ model: "m", name: "A", instructions: testSecret }),
  update: ({ writer }: Connection) => writer.update(id, { instructions: testSecret }),
  switch: ({ writer }: Connection) => writer.switchVersion(id, first),
  alias: ({ writer }: Connection) => writer.setAlias(id, prod, first),
  unalias: ({ writer }: Connection) => writer.removeAlias(id, prod),
  remove: ({ writer }: Connection) => writer.remove(id),
  start: ({ conversations }: Connection) =>
    conversations.start({ inputs: testSecret }, { signal: neverEnds }),
  append: ({ conversations }: Connection) =>
    conversations.append("conv_1", { inputs: testSecret }, { signal: neverEnds }),
  hangUp: ({ conversations }: Connection) => conversations.remove("conv_1"),
} as const;

export type CallName = keyof typeof calls;

export const repeatable: readonly CallName[] = [
  "get",
  "switch",
  "alias",
  "unalias",
  "remove",
  "hangUp",
];
export const unique: readonly CallName[] = ["create", "update", "start", "append"];
export const all: readonly CallName[] = [...repeatable, ...unique];

/** What every call takes as an answer. */
export const goodBody = {
  ...agent,
  alias: "prod",
  conversation_id: "conv_1",
  outputs: [],
  usage: {},
};
export const good = json(goodBody);

/** Every pair of a named thing and a call. */
export function pairs<Thing>(
  things: { readonly [name: string]: Thing },
  names: readonly CallName[],
): readonly (readonly [string, CallName, Thing])[] {
  return Object.entries(things).flatMap(([name, thing]) =>
    names.map((call) => [name, call, thing] as const),
  );
}
