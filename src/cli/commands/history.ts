import type { Version } from "../../agent/identity.ts";
import { runHistory } from "../../commands/history.ts";
import { type Invocation, seeHelp, UsageError } from "../args/invocation.ts";
import { openBinding } from "../open-bindings.ts";
import type { Session } from "../session.ts";

/** `agentvane history KEY`, `agentvane history KEY --diff A B` */
export async function run(session: Session): Promise<void> {
  const { invocation, emit } = session;
  const { key, diff } = asked(invocation);
  const project = await openBinding(session);
  if (project === undefined) return;
  const { config, reader } = project;
  try {
    await runHistory({ desired: config.bound, reader, key, diff }, emit);
  } finally {
    await project.close();
  }
}

/** `--diff A B`: the flag takes the first version; the word after the key is the second. */
function asked(invocation: Invocation): {
  readonly key: string;
  readonly diff: readonly [Version, Version] | undefined;
} {
  const first = invocation.value("diff");
  const words = [...invocation.positionals];
  const second = first === undefined ? undefined : words.findLast((word) => /^\d{1,9}$/.test(word));
  const [key, ...rest] = words.filter((word) => word !== second);
  const isFit =
    key !== undefined && rest.length === 0 && (first === undefined) === (second === undefined);
  if (!isFit || (first !== undefined && !/^\d{1,9}$/.test(first))) {
    throw new UsageError(
      "history needs a KEY, and --diff two version numbers",
      seeHelp(invocation.command),
    );
  }
  if (first === undefined) return { key, diff: undefined };
  return { key, diff: [Number(first) as Version, Number(second) as Version] };
}
