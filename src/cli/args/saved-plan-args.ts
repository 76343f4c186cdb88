import type { Invocation } from "./invocation.ts";

/**
 * The arguments with which `agentvane` applies a saved plan: the file, and every flag of this command line that says
 * which configuration and which server it was made for. Variables of the environment stay what they are.
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
