import type { AliasName, Version } from "../../agent/identity.ts";
import type { WantedVersion } from "../../commands/talk-target.ts";
import { countFlag } from "./flag-values.ts";
import { type Invocation, seeHelp, UsageError } from "./invocation.ts";

/** `--alias NAME` or `--agent-version N`, which may be 0. */
export function wantedVersion(invocation: Invocation): WantedVersion {
  const [alias, version] = [invocation.value("alias"), invocation.value("agent-version")];
  if (alias !== undefined && version !== undefined) {
    throw new UsageError(
      "--alias and --agent-version exclude each other",
      seeHelp(invocation.command),
    );
  }
  if (alias !== undefined) return { kind: "alias", alias: alias as AliasName };
  if (version === undefined) return { kind: "usual" };
  return { kind: "version", version: countFlag(invocation, "agent-version", 0, 0) as Version };
}
