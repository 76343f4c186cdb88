import type { Invocation } from "./invocation.ts";

/**
 * The arguments that apply a saved plan: the file, and every flag of this command line that selects the configuration
 * and the server. Environment variables stay as they are.
 */
export function savedPlanArgs(invocation: Invocation, file: string): readonly string[] {
  const flag = (name: string, written = `--${name}`) => {
    const value = invocation.value(name);
    return value === undefined ? [] : [written, value];
  };
  return [
    "apply",
    file.startsWith("-") ? `./${file}` : file,
    ...flag("file", "-f"),
    ...flag("env"),
    ...invocation.list("var").flatMap((text) => ["--var", text]),
    ...flag("server-url"),
    ...(invocation.has("local") ? ["--local"] : []),
  ];
}
