/**
 * The command that a command line asks for help about, by its name, which need not be one: `help plan`, `plan --help`,
 * `--help plan`. Empty for help about all of them; undefined when no help is asked for.
 */
export function helpTopic(args: readonly string[]): string | undefined {
  const [first, second] = args;
  if (first !== "help" && !args.includes("--help") && !args.includes("-h")) return undefined;
  const name = first === "help" || first?.startsWith("-") ? second : first;
  return name === undefined || name.startsWith("-") ? "" : name;
}
