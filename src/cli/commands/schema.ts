import { readFileSync } from "node:fs";
import { seeHelp, UsageError } from "../args/invocation.ts";
import type { Session } from "../session.ts";

const schemas = ["agents", "include", "front-matter", "plan", "report", "output"] as const;

/** `agentvane schema [NAME]`: the shipped file, as it is. */
export async function run({ invocation, streams }: Session): Promise<void> {
  const name = invocation.positionals[0] ?? "agents";
  if (!schemas.some((schema) => schema === name)) {
    throw new UsageError(
      `there is no schema "${name}": expected one of ${schemas.join(", ")}`,
      seeHelp(invocation.command),
    );
  }
  streams.out.write(schemaText(name));
}

/** A shipped schema, as it is. */
export function schemaText(name: string): string {
  return readFileSync(new URL(`../schemas/${name}.schema.json`, import.meta.url), "utf8");
}
