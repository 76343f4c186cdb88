import type { AliasName } from "../../agent/identity.ts";
import type { Emit } from "../../commands/event.ts";
import { runPromote } from "../../commands/promote.ts";
import { keysFlag } from "../args/flag-values.ts";
import { seeHelp, UsageError } from "../args/invocation.ts";
import { openBinding } from "../open-bindings.ts";
import type { Session } from "../session.ts";
import { repointingOf } from "./repointing.ts";

/** `agentvane promote FROM TO` */
export async function run(session: Session): Promise<void> {
  const { invocation, emit } = session;
  const [from, to] = invocation.positionals;
  if (from === undefined || to === undefined || from === to) {
    throw new UsageError("promote needs two aliases, FROM and TO", seeHelp(invocation.command));
  }
  const project = await openBinding({ ...session, emit: tellEnvironments(emit, [from, to]) });
  if (project === undefined) return;
  try {
    const promotion = {
      from: from as AliasName,
      to: to as AliasName,
      only: keysFlag(invocation, "only"),
      allowForeign: invocation.has("allow-foreign"),
    };
    const environments = project.config.environments.map(({ name }) => name);
    const repointing = await repointingOf(session, project);
    await runPromote({ ...repointing, promotion, environments }, emit);
  } finally {
    await project.close();
  }
}

/**
 * If no environment was chosen and the arguments name environments instead of aliases, advice to choose one would be
 * wrong.
 */
function tellEnvironments(emit: Emit, names: readonly string[]): Emit {
  return (event) => {
    const problems = event.kind === "config_invalid" ? event.problems : [];
    const known = problems.flatMap((each) =>
      each.code === "environment_missing" ? each.known : [],
    );
    const [alias] = names.filter((name) => known.includes(name));
    if (alias === undefined) return emit(event);
    const refusal = { kind: "alias_is_environment", alias: alias as AliasName } as const;
    emit({ kind: "refused", refusals: [{ ...refusal, environments: known }] });
  };
}
