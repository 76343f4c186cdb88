/** Why a file cannot be had. */
export type SourceFault =
  | "missing"
  | "outside"
  /** It is where credentials are kept. */
  | "hides_credentials"
  | "too_large"
  | "not_utf8"
  | "not_a_file"
  | "unreadable";

/** No file of a configuration is larger; a bigger one is a mistake or an attack. */
export const largestFile = 10 * 1024 * 1024;

/** The text of one file, byte for byte, or why there is none. */
export type Source =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "fault"; readonly fault: SourceFault };

/**
 * Where text comes from. Paths are relative to the folder of agents.yaml and separated by `/`. What lies
 * outside that folder, through a symbolic link too, is the fault `outside`. What is under `.git`, and `.env` files,
 * are `hides_credentials`, through a link too.
 */
export type Sources = {
  read(path: string): Source;
  /** The files that a glob matches, sorted. */
  match(glob: string): readonly string[];
  /** The names in a folder, as far as it can be read; for suggestions. */
  list(folder: string): readonly string[];
};
