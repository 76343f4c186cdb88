import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { AliasName } from "../../agent/identity.ts";
import { slugPattern } from "../../agent/identity.ts";
import { type ImportChoice, runImport } from "../../commands/import.ts";
import { type Invocation, seeHelp, UsageError } from "../args/invocation.ts";
import { emptyConfig, type OpenedConfig, openConfig } from "../open-config.ts";
import { openProject } from "../open-project.ts";
import type { Session } from "../session.ts";
import { canAsk } from "../terminal/ask.ts";
import { pickInTerminal } from "../terminal/pick.ts";
import { importWriter } from "./import-writer.ts";

/** `agentvane import [ID…]` */
export async function run(session: Session): Promise<void> {
  const { invocation, emit } = session;
  const choice = choiceOf(session);
  const file = path.resolve(invocation.value("file") ?? "agents.yaml");
  const config = existsSync(file) ? await openConfig(session) : newConfig(invocation, file);
  if (config === undefined) return;
  const project = await openProject(session, config);
  if (project === undefined) return;
  const { desired } = config;
  const write = importWriter(session, {
    folder: path.dirname(file),
    file: path.basename(file),
    text: existsSync(file) ? readFileSync(file, "utf8") : undefined,
    project: desired.project,
    environment: desired.environment,
    isEphemeral: desired.isEphemeral,
  });
  try {
    const alias = invocation.value("alias") as AliasName | undefined;
    await runImport({ desired, reader: project.reader, choice, alias, write }, emit);
  } finally {
    await project.close();
  }
}

function newConfig(invocation: Invocation, file: string): OpenedConfig {
  const project = invocation.value("project");
  if (project === undefined || !new RegExp(slugPattern).test(project)) {
    throw new UsageError(
      `${path.basename(file)} does not exist yet, so --project must name the project`,
      "add --project NAME: lower-case letters, digits and hyphens",
    );
  }
  return emptyConfig(path.dirname(file), project);
}

function choiceOf(session: Session): ImportChoice {
  const { invocation } = session;
  const { positionals: ids } = invocation;
  const text = invocation.value("name");
  const isAll = invocation.has("all");
  const ways = [ids.length > 0, text !== undefined, isAll].filter(Boolean).length;
  if (ways > 1) {
    throw new UsageError("ids, --name and --all exclude each other", seeHelp(invocation.command));
  }
  if (ids.length > 0) return { kind: "ids", ids };
  if (text !== undefined) return { kind: "name", text };
  if (isAll) return { kind: "all" };
  if (canAsk()) return { kind: "pick", pick: (agents) => pickInTerminal(session, agents) };
  throw new UsageError("import needs ids, --name or --all", seeHelp(invocation.command));
}
