import { readFileSync } from "node:fs";
import { seeHelp, UsageError } from "../args/invocation.ts";
import type { Session } from "../session.ts";

const schemas = ["agents", "include", "front-matter", "plan", "report", "output"] as const;

/** `agentvane schema [NAME]`: prints a shipped file. */
export async function run({ invocation, streams }: Session): Promise<void> {
  const name = invocation.positionals[0] ?? "agents";
  if (!schemas.some((schema) => schema === name)) {
    throw new UsageError(
      `unknown schema "${name}": expected one of ${schemas.join(", ")}`,
      seeHelp(invocation.command),
    );
  }
  streams.out.write(schemaText(name));
}

/** The text of a shipped schema. */
export function schemaText(name: string): string {
  return readFileSync(new URL(`../schemas/${name}.schema.json`, import.meta.url), "utf8");
}
