import { readFileSync } from "node:fs";
import { problemPages } from "../../commands/problem-page.ts";
import { nearMiss, seeHelp, UsageError } from "../args/invocation.ts";
import type { Session } from "../session.ts";

/** `agentvane explain CODE`: prints the section of the shipped docs/problems.md. */
export async function run({ invocation, emit }: Session): Promise<void> {
  const [given] = invocation.positionals;
  if (given === undefined) {
    throw new UsageError("explain needs the code of an error", seeHelp(invocation.command));
  }
  const code = /^(?:error)?\[(.+)\]:?$/.exec(given)?.[1] ?? given;
  const file = new URL("../docs/problems.md", import.meta.url);
  const pages = problemPages(readFileSync(file, "utf8"));
  const page = pages.get(code);
  if (page === undefined) {
    const hint = nearMiss(code, [...pages.keys()]) ?? "docs/problems.md lists all codes";
    throw new UsageError(`no error has the code "${code}"`, hint);
  }
  emit({ kind: "explained", code, page });
}
