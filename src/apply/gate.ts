import type { Version } from "../agent/identity.ts";
import type { GateRun, Released } from "../plan/gated.ts";
import { inParallel } from "./in-parallel.ts";
import { idOf, mayGoOn, type Run } from "./run.ts";

/** Most lines of one command that a report contains: the last ones. */
const keptLines = 200;

/**
 * Runs every gate of the plan against the exact version that will be released, before any alias moves. Returns whether
 * all of them passed.
 */
export async function gate(run: Run): Promise<boolean> {
  const { plan, options } = run;
  return inParallel(
    plan.gates,
    options.parallelism,
    () => mayGoOn(run),
    (each) => step(run, each),
  );
}

async function step(run: Run, { key, pinned, command, timeoutMs }: GateRun): Promise<boolean> {
  const id = idOf(run, { key });
  const version = versionToRelease(run, { key, pinned });
  const start = run.clock.now();
  const output: string[] = [];
  run.emit({ kind: "gate_started", key, command, id, version });
  const call = {
    command,
    timeoutMs: Math.min(timeoutMs ?? run.options.timeLeft(), run.options.timeLeft()),
    variables: {
      AGENTVANE_AGENT_ID: id,
      AGENTVANE_AGENT_KEY: key,
      AGENTVANE_AGENT_VERSION: String(version),
    },
  };
  const end = await run.runGate(call, (line) => {
    output.push(line);
    if (output.length > keptLines) output.shift();
    run.emit({ kind: "gate_said", key, line });
  });
  const ms = run.clock.now() - start;
  const common = { key, command, id, version, output, ms };
  if (end.kind === "passed") run.emit({ kind: "gate_passed", ...common });
  else run.emit({ kind: "gate_failed", ...common, end });
  return end.kind === "passed";
}

/** The version that will be released: the pinned, built or reused one, or the default. */
export function versionToRelease(run: Run, { key, pinned }: Released): Version {
  if (pinned !== undefined) return pinned;
  const built = run.built.get(key);
  if (built !== undefined) return built.agent.version;
  const plan = run.plan.agents.find((each) => each.key === key);
  if (plan === undefined || plan.action === "create") throw new Error(`${key} has no version`);
  return plan.action === "reuse" ? plan.version : plan.remote.version;
}
