/** Flags whose values select the agents of a run. */
const toldFlags = ["--only", "--max-agents", "--older-than"];

/**
 * Arguments as a comment may show them, so that readers can tell two comments apart: names of flags, and the values of
 * those that name agents or limits. Other values may be confidential, such as those of `--var`.
 */
export function toldArgs(args: readonly string[]): readonly string[] {
  return args.flatMap((word, at) => {
    const [name = "", ...value] = word.split("=");
    if (/^--?[a-z][a-z-]*$/.test(name)) {
      return value.length === 0 || toldFlags.includes(name) ? [word] : [`${name}=…`];
    }
    return [toldFlags.includes(args[at - 1] ?? "") ? word : "…"];
  });
}
