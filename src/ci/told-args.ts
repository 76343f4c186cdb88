/** Flags whose values say which agents a run is about. */
const toldFlags = ["--only", "--max-agents", "--older-than"];

/**
 * Arguments as a comment may tell them, so that a reader can tell two comments apart: flags by name, and the values
 * of those that name agents or limits. Any other value may be a text that nobody is to read, such as that of `--var`.
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
