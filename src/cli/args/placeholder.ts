/** The lists of names that `agentvane completion --list` prints. */
export const nameLists = ["keys", "aliases", "environments"] as const;
export type NameList = (typeof nameLists)[number];

/** What completes a place of a command line. */
export type Completed =
  | { readonly kind: "words"; readonly words: readonly string[] }
  /** Names in agents.yaml; several, with commas between them, where `many` is true. */
  | { readonly kind: "names"; readonly of: NameList; readonly many: boolean }
  | { readonly kind: "files" }
  | { readonly kind: "nothing" };

const nothing: Completed = { kind: "nothing" };
const files: Completed = { kind: "files" };

/** What completes the value of each placeholder in capitals: one that is left out does not compile. */
const completions = {
  KEY: { kind: "names", of: "keys", many: false },
  ALIAS: { kind: "names", of: "aliases", many: false },
  FROM: { kind: "names", of: "aliases", many: false },
  TO: { kind: "names", of: "aliases", many: false },
  CODE: nothing,
  ID: nothing,
  FILE: files,
  PLAN: files,
  "A B": nothing,
  JSON: nothing,
  N: nothing,
  NAME: nothing,
  "N|N%": nothing,
  "NAME=VALUE": nothing,
  PORT: nothing,
  SHA: nothing,
  TEXT: nothing,
  TIME: nothing,
  URL: nothing,
} satisfies { readonly [placeholder: string]: Completed };

/** What stands for a value in help: a name in capitals, or in small letters the choices there are. */
export type Placeholder = keyof typeof completions | Lowercase<string>;

/** A positional argument in help: required, optional, or any number of them. */
type Positional = Placeholder | `[${Placeholder}]` | `[${Placeholder}…]`;

/** The positional arguments of a command in help. */
export type Positionals = Positional | `${Positional} ${Positional}`;

/** What completes the value of a placeholder. */
export function completionOf(placeholder: Placeholder): Completed {
  if (isNamed(placeholder)) return completions[placeholder];
  return { kind: "words", words: placeholder.split("|") };
}

function isNamed(placeholder: Placeholder): placeholder is keyof typeof completions {
  return Object.hasOwn(completions, placeholder);
}
