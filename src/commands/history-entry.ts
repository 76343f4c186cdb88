import type { AliasName, Version } from "../agent/identity.ts";
import type { VersionTime } from "./version-time.ts";

/** Who wrote a version: this project as it stands, somebody outside, or another project. */
export type VersionAuthor = "agentvane" | "outside" | "other_project";

/** One version of an agent, and what can be known of it. */
export type HistoryEntry = VersionTime & {
  readonly version: Version;
  readonly isDefault: boolean;
  readonly aliases: readonly AliasName[];
  readonly author: VersionAuthor;
  /** The apply that wrote it: its UTC time and some chance. Empty for a version from outside. */
  readonly release: string;
  readonly message: string | undefined;
  readonly commit: string | undefined;
};
