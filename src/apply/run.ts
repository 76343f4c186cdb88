import {
  type AgentId,
  type AgentKey,
  type AgentRef,
  keysById,
  type Pointer,
  type Version,
} from "../agent/identity.ts";
import type { Clock, Reader, RevealSecret, Writer } from "../agent/ports.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import type { ConfigReferences } from "../plan/agent-plan.ts";
import { groupBy } from "../plan/group-by.ts";
import type { Plan } from "../plan/plan.ts";
import type { PointerMove } from "../plan/pointer-move.ts";
import { announceOnce, announceTalk, announceWrites } from "./announce-writes.ts";
import type { ApplyEvent, GateEnd, StepFailure, StopReason } from "./event.ts";
import type { CheckTools } from "./run-check.ts";

/** A command with the version it is to judge. */
export type GateCall = {
  readonly command: string;
  readonly timeoutMs: number;
  readonly variables: Readonly<Record<string, string>>;
};

/** Runs a command in a shell and hands over what it says, line by line. Never rejects. */
export type RunGate = (call: GateCall, onLine: (line: string) => void) => Promise<GateEnd>;

/** What checks work with, and how many of them may be under way at once. */
export type Checking = Omit<CheckTools, "clock" | "emit" | "unremoved"> & {
  readonly parallelism: number;
};

/** What an apply works with besides its plan. */
export type ApplyTools = {
  readonly reader: Reader;
  readonly writer: Writer;
  readonly clock: Clock;
  readonly reveal: RevealSecret;
  readonly runGate: RunGate;
  /** What checks work with besides; undefined where no plan can have any. */
  readonly checking: Checking | undefined;
  readonly emit: (event: ApplyEvent) => void;
};

export type ApplyOptions = {
  /** Most requests under way at once. */
  readonly parallelism: number;
  /** How long a create whose answer was lost is looked for before it is sent again, in milliseconds; also how long another run that reverts is waited for. */
  readonly settleMs: number;
  /** One id per apply, written into every version it makes. */
  readonly release: string;
  /** One nonce per run, written into every agent it creates. */
  readonly nonce: string;
  /** Who and what made these versions, for `version_message`: at most 500 characters. */
  readonly provenance: string;
  /** What is left of the run, and once it was asked to stop, of the grace for reverting; milliseconds. */
  readonly timeLeft: () => number;
  /** Whether a run whose creates came second may say so and end, to be planned again, where it would fail. */
  readonly mayBeSuperseded?: boolean;
  /** Asked before each step: a reason means that nothing new may be begun. */
  readonly stopped: () => StopReason | undefined;
};

/** A version this apply made, and where the default goes if the apply fails. */
export type BuiltVersion = {
  readonly key: AgentKey;
  readonly agent: RemoteAgent;
  /** Undefined for a new agent: there is nothing to go back to. */
  readonly previous: Version | undefined;
  /** The version that this apply made of the agent before this one. */
  readonly earlier?: BuiltVersion;
};

/** A write that was sent and of which it is not known yet what became. */
export type DoubtedWrite = {
  readonly key: AgentKey;
  readonly id: AgentId;
  /** The agent as it was before. */
  readonly from: RemoteAgent;
  /** The answer came, and tells that the version there was got changed. */
  readonly isInPlace: boolean;
  readonly previous: Version | undefined;
};

/** A pointer that this apply moved, or may have moved: what it takes to put it back. */
export type MovedPointer = {
  readonly key: AgentKey;
  readonly id: AgentId;
  readonly pointer: Pointer;
  readonly from: Version | undefined;
  readonly to: Version | undefined;
  /** The default of the agent had moved on after this alias before anything was moved. */
  readonly leftByDefault?: boolean;
};

/** An apply under way: the plan, and what has come to be known since. */
export type Run = ApplyTools & {
  readonly plan: Plan;
  readonly options: ApplyOptions;
  /** The newest version that this apply made of each agent. */
  readonly built: Map<AgentKey, BuiltVersion>;
  readonly doubted: Map<AgentKey, DoubtedWrite>;
  /** Pointers that moved in the release, in the order in which they did. */
  readonly moved: MovedPointer[];
  /** Creates that were sent twice: the first one may still be carried out. */
  readonly sentTwice: Set<AgentKey>;
  /** Agents that this apply created and that are one too many, with the key they were for. */
  readonly ownDuplicates: Map<AgentId, AgentKey>;
  /** Agents that another run created first, with their keys. */
  readonly supersededBy: { readonly key: AgentKey; readonly id: AgentId }[];
  /** Writes and listings that failed on the way to the release. */
  readonly failures: StepFailure[];
  /** Every agent of the project that exists by now. */
  readonly ids: Map<AgentKey, AgentId>;
  readonly keys: Map<AgentId, AgentKey>;
  /** The moves of each agent's pointers, in the order of the release; none for an agent of which nothing moves. */
  readonly moves: ReadonlyMap<AgentKey, readonly PointerMove[]>;
  readonly references: ConfigReferences;
};

/** Begins an apply of a plan. */
export function startRun(plan: Plan, options: ApplyOptions, tools: ApplyTools): Run {
  const ids = new Map(plan.ids);
  const keys = keysById(plan.ids);
  const sending = announceOnce(() => tools.emit({ kind: "writing_started" }));
  const { checking } = tools;
  return {
    ...tools,
    writer: announceWrites(tools.writer, sending),
    checking: checking && {
      ...checking,
      conversations: announceTalk(checking.conversations, sending),
    },
    plan,
    options,
    built: new Map(),
    doubted: new Map(),
    moved: [],
    sentTwice: new Set(),
    ownDuplicates: new Map(),
    supersededBy: [],
    failures: [],
    ids,
    keys,
    moves: groupBy(plan.releaseWaves.flat(), ({ key }) => key),
    references: {
      agent: (id) => {
        const key = keys.get(id as AgentId);
        return key === undefined ? { id: id as AgentId } : { key };
      },
      connector: (id) => plan.connectorSpelling.get(id) ?? id,
    },
  };
}

/** Notes a version that was made, so that handoffs to its agent can be written and it can be reverted. */
export function recordBuilt(run: Run, version: BuiltVersion): void {
  const earlier = run.built.get(version.key);
  run.built.set(version.key, { ...version, ...(earlier !== undefined && { earlier }) });
  run.doubted.delete(version.key);
  run.ids.set(version.key, version.agent.id);
  run.keys.set(version.agent.id, version.key);
}

/** The id of an agent that a handoff names. Callees are built before callers, so it is known by then. */
export function idOf(run: Run, ref: AgentRef): AgentId {
  const id = "id" in ref ? ref.id : run.ids.get(ref.key);
  if (id === undefined) throw new Error("an agent is handed off to before it exists");
  return id;
}

/** Whether something new may be begun: nobody asked for an end. */
export function mayGoOn({ options }: Run): boolean {
  return options.stopped() === undefined;
}
