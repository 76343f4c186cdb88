import type { Gate } from "../agent/definition.ts";
import { parseDuration } from "../agent/duration.ts";
import type { AgentKey } from "../agent/identity.ts";
import type { Expand } from "./expand.ts";
import type { ProblemLog } from "./problem-log.ts";
import { positionOf } from "./source-text.ts";
import { itemsOf, type Mapping, memberOf, type Tree, textOf } from "./tree.ts";

/** The gates of a configuration, in their order. Reports those of agents that it does not have. */
export function desiredGates(log: ProblemLog, expand: Expand, written: Mapping): readonly Gate[] {
  const agents = memberOf(written, "agents");
  const known = new Set(agents?.kind === "map" ? agents.members.keys() : []);
  return itemsOf(memberOf(written, "gates")).flatMap((entry): readonly Gate[] => {
    const command = memberOf(entry, "run");
    const run = command?.kind === "scalar" ? textOf(expand(command, "secrets_refused")) : undefined;
    const keys = itemsOf(memberOf(entry, "agents")).flatMap((item) => keyOf(log, known, item));
    const timeout = textOf(memberOf(entry, "timeout"));
    const timeoutMs = timeout === undefined ? undefined : parseDuration(timeout);
    if (run === undefined) return [];
    return [{ run, agents: keys, timeoutMs, at: positionOf(entry) }];
  });
}

function keyOf(log: ProblemLog, known: ReadonlySet<string>, item: Tree): readonly AgentKey[] {
  const name = textOf(item);
  if (name === undefined) return [];
  if (known.has(name)) return [name as AgentKey];
  const suggestions = log.suggest(name, known);
  log.report(item, { code: "unknown_agent", name, in: "gates", suggestions });
  return [];
}
