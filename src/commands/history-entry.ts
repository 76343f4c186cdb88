import type { AliasName, Version } from "../agent/identity.ts";
import type { VersionTime } from "./version-time.ts";

/** Who wrote a version: agentvane for this project, without a later edit; an outside edit; or another project. */
export type VersionAuthor = "agentvane" | "outside" | "other_project";

/** One version of an agent, with everything known about it. */
export type HistoryEntry = VersionTime & {
  readonly version: Version;
  readonly isDefault: boolean;
  readonly aliases: readonly AliasName[];
  readonly author: VersionAuthor;
  /** The apply that wrote it, as UTC time and random digits. Empty for an outside version. */
  readonly release: string;
  readonly message: string | undefined;
  readonly commit: string | undefined;
};
