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

/** A gate command with the version to check. */
export type GateCall = {
  readonly command: string;
  readonly timeoutMs: number;
  readonly variables: Readonly<Record<string, string>>;
};

/** Runs a command in a shell and passes on its output line by line. Never rejects. */
export type RunGate = (call: GateCall, onLine: (line: string) => void) => Promise<GateEnd>;

/** What checks need, and how many may run at once. */
export type Checking = Omit<CheckTools, "clock" | "emit" | "unremoved"> & {
  readonly parallelism: number;
};

/** What an apply needs besides its plan. */
export type ApplyTools = {
  readonly reader: Reader;
  readonly writer: Writer;
  readonly clock: Clock;
  readonly reveal: RevealSecret;
  readonly runGate: RunGate;
  /** What checks need; undefined if no plan can have checks. */
  readonly checking: Checking | undefined;
  readonly emit: (event: ApplyEvent) => void;
};

export type ApplyOptions = {
  /** Most requests in flight at once. */
  readonly parallelism: number;
  /**
   * How long to look for a create whose answer was lost before it is sent again, in milliseconds; also how long to wait
   * for another run that reverts.
   */
  readonly settleMs: number;
  /** One id per apply, written into every version that it builds. */
  readonly release: string;
  /** One nonce per run, written into every agent that it creates. */
  readonly nonce: string;
  /** The origin of these versions for `version_message`, at most 500 characters. */
  readonly provenance: string;
  /** The rest of the run's time or, after it was asked to stop, of the grace period for reverting; milliseconds. */
  readonly timeLeft: () => number;
  /** Whether a run whose creates came second may end as superseded, to be planned again, instead of failing. */
  readonly mayBeSuperseded?: boolean;
  /** Asked before each step: with a reason nothing new may start. */
  readonly stopped: () => StopReason | undefined;
};

/** A version that this apply built, and where the default goes if the apply fails. */
export type BuiltVersion = {
  readonly key: AgentKey;
  readonly agent: RemoteAgent;
  /** Undefined for a new agent, which has no earlier version. */
  readonly previous: Version | undefined;
  /** The version that this apply built of the agent before this one. */
  readonly earlier?: BuiltVersion;
};

/** A write that was sent and whose outcome is unknown. */
export type DoubtedWrite = {
  readonly key: AgentKey;
  readonly id: AgentId;
  /** The agent before the write. */
  readonly from: RemoteAgent;
  /** The answer arrived and shows that an existing version was changed. */
  readonly isInPlace: boolean;
  readonly previous: Version | undefined;
};

/** A pointer that this apply moved or may have moved, with what reverting it needs. */
export type MovedPointer = {
  readonly key: AgentKey;
  readonly id: AgentId;
  readonly pointer: Pointer;
  readonly from: Version | undefined;
  readonly to: Version | undefined;
  /** The agent's default had moved after this alias before this apply moved anything. */
  readonly leftByDefault?: boolean;
};

/** An apply in progress: the plan, and what is known since. */
export type Run = ApplyTools & {
  readonly plan: Plan;
  readonly options: ApplyOptions;
  /** The newest version that this apply built of each agent. */
  readonly built: Map<AgentKey, BuiltVersion>;
  readonly doubted: Map<AgentKey, DoubtedWrite>;
  /** Pointers that the release moved, in order. */
  readonly moved: MovedPointer[];
  /** Creates that were sent twice: the server may still carry out the first one. */
  readonly sentTwice: Set<AgentKey>;
  /** Duplicates that this apply created, with their keys. */
  readonly ownDuplicates: Map<AgentId, AgentKey>;
  /** Agents that another run created first, with their keys. */
  readonly supersededBy: { readonly key: AgentKey; readonly id: AgentId }[];
  /** Writes and lists that failed before the release. */
  readonly failures: StepFailure[];
  /** Every agent of the project that exists so far. */
  readonly ids: Map<AgentKey, AgentId>;
  readonly keys: Map<AgentId, AgentKey>;
  /** The moves of each agent's pointers, in the order of the release; an agent without moves has none. */
  readonly moves: ReadonlyMap<AgentKey, readonly PointerMove[]>;
  readonly references: ConfigReferences;
};

/** Starts an apply of a plan. */
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

/** Records a version that was built, so that handoffs to its agent can be written and it can be reverted. */
export function recordBuilt(run: Run, version: BuiltVersion): void {
  const earlier = run.built.get(version.key);
  run.built.set(version.key, { ...version, ...(earlier !== undefined && { earlier }) });
  run.doubted.delete(version.key);
  run.ids.set(version.key, version.agent.id);
  run.keys.set(version.agent.id, version.key);
}

/** The id of an agent that a handoff names. Callees are built before callers, so it is known. */
export function idOf(run: Run, ref: AgentRef): AgentId {
  const id = "id" in ref ? ref.id : run.ids.get(ref.key);
  if (id === undefined) throw new Error("a handoff names an agent that does not exist yet");
  return id;
}

/** Whether something new may start: the run was not asked to stop. */
export function mayGoOn({ options }: Run): boolean {
  return options.stopped() === undefined;
}
