import { ApiError, type ApiErrorKind } from "../../src/agent/api-error.ts";
import type { AgentId, AliasName, Version } from "../../src/agent/identity.ts";
import type { Json, JsonObject } from "../../src/agent/json.ts";
import type { Reader, Writer } from "../../src/agent/ports.ts";
import type { RemoteAgent, RemoteAlias } from "../../src/agent/remote-agent.ts";
import { echoed } from "../agent/wire-agent.ts";

/** What goes wrong with a write: before it is done, or after it was done and nobody hears of it. */
export type Fault = "refuse" | "lose_request" | "lose_answer";

type Stored = {
  readonly versions: Map<number, JsonObject>;
  readonly aliases: Map<string, number>;
  current: number;
  readonly createdAt: string;
};

/**
 * A server behind the two ports, for running an apply thousands of times: no HTTP, wire bodies inside. The
 * n-th write can be made to fail, and something can be made to happen just before it.
 */
export class FakeServer {
  readonly agents = new Map<string, Stored>();
  readonly writes: string[] = [];
  faults: ReadonlyMap<number, Fault> = new Map();
  beforeWrite: (at: number) => void = () => {};
  /** What a server answers instead of what it was sent. */
  alter: (body: JsonObject) => JsonObject = (body) => body;
  #count = 0;

  readonly reader: Reader = {
    agents: async () => [...this.agents.keys()].map((id) => this.read(id)),
    agent: async (id, version) => this.read(id, version),
    versions: async (id) => this.versionsOf(id),
    aliases: async (id) => this.aliasesOf(id),
    libraries: async () => [],
    connectors: async () => [],
    models: async () => [],
    caller: async () => ({ workspace: undefined, organization: undefined }),
  };

  readonly writer: Writer = {
    create: (body) => this.write("create", true, () => this.create(body)),
    update: (id, body) => this.write(`update ${id}`, true, () => this.update(id, body)),
    remove: (id) =>
      this.write(`remove ${id}`, false, () => {
        this.stored(id);
        this.agents.delete(id);
      }),
    switchVersion: (id, version) =>
      this.write(`switch ${id} ${version}`, false, () => {
        this.switchTo(id, version);
        return this.read(id);
      }),
    setAlias: (id, alias, version) =>
      this.write(`alias ${id} ${alias}=${version}`, false, () => this.setAlias(id, alias, version)),
    removeAlias: (id, alias) =>
      this.write(`unalias ${id} ${alias}`, false, () => {
        if (!this.stored(id).aliases.delete(alias)) throw failure("missing", id);
      }),
  };

  /** What a call rejects with when nobody answers. */
  unavailable(): ApiError {
    return failure("unavailable", "-");
  }

  create(body: JsonObject): RemoteAgent {
    this.#count += 1;
    const id = `ag_${String(this.#count).padStart(3, "0")}`;
    const createdAt = `2026-01-01T00:00:${String(this.#count % 60).padStart(2, "0")}.000000Z`;
    const versions = new Map([[0, this.alter(body)]]);
    this.agents.set(id, { versions, aliases: new Map(), current: 0, createdAt });
    return this.read(id);
  }

  update(id: string, body: JsonObject): RemoteAgent {
    const stored = this.stored(id);
    const base = stored.versions.get(stored.current) ?? {};
    const next = Math.max(...stored.versions.keys()) + 1;
    stored.versions.set(next, this.alter({ ...base, ...body }));
    stored.current = next;
    return this.read(id);
  }

  /** Makes a version the default one. */
  switchTo(id: string, version: number): void {
    this.stored(id).current = version;
  }

  setAlias(id: string, alias: string, version: number): RemoteAlias {
    this.stored(id).aliases.set(alias, version);
    return this.aliasesOf(id).find((each) => each.alias === alias) as RemoteAlias;
  }

  read(id: string, version?: number): RemoteAgent {
    const stored = this.stored(id);
    const number = version ?? stored.current;
    return echoed({
      ...(stored.versions.get(number) as JsonObject),
      id,
      version: number,
      versions: [...stored.versions.keys()],
      created_at: stored.createdAt,
      updated_at: stored.createdAt,
    }) as RemoteAgent;
  }

  /** Where everything points, in a form to compare before and after. */
  pointers(): Json {
    return Object.fromEntries(
      [...this.agents].map(([id, { current, aliases }]) => [
        id,
        { default: current, ...Object.fromEntries(aliases) },
      ]),
    );
  }

  private versionsOf(id: AgentId): readonly RemoteAgent[] {
    return [...this.stored(id).versions.keys()].map((version) => this.read(id, version));
  }

  private aliasesOf(id: string): readonly RemoteAlias[] {
    const { aliases, createdAt } = this.stored(id);
    return [...aliases].map(([alias, version]) => ({
      alias: alias as AliasName,
      version: version as Version,
      created_at: createdAt,
      updated_at: createdAt,
    }));
  }

  private async write<Answer>(
    name: string,
    isUncertain: boolean,
    act: () => Answer,
  ): Promise<Answer> {
    this.beforeWrite(this.writes.length);
    const fault = this.faults.get(this.writes.length);
    this.writes.push(name);
    if (fault === "refuse") throw failure("refused", name);
    if (fault === "lose_request")
      throw failure(isUncertain ? "unknown_outcome" : "unavailable", name);
    const answer = act();
    if (fault === "lose_answer")
      throw failure(isUncertain ? "unknown_outcome" : "unavailable", name);
    return answer;
  }

  /** What is kept of an agent. */
  stored(id: string): Stored {
    const stored = this.agents.get(id);
    if (stored === undefined) throw failure("missing", id);
    return stored;
  }
}

function failure(kind: ApiErrorKind, path: string): ApiError {
  return new ApiError({ kind, method: "-", path, reason: "on purpose", attempts: 1 });
}
