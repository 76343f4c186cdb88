/**
 * The command that help is asked about, by its name, which may be unknown: `help plan`, `plan --help`, `--help plan`.
 * Empty for the overview; undefined if no help is asked for.
 */
export function helpTopic(args: readonly string[]): string | undefined {
  const [first, second] = args;
  if (first !== "help" && !args.includes("--help") && !args.includes("-h")) return undefined;
  const name = first === "help" || first?.startsWith("-") ? second : first;
  return name === undefined || name.startsWith("-") ? "" : name;
}
