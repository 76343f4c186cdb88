import type { RunEvent } from "../../commands/event.ts";
import { everyRow } from "../../report/events/every.ts";
import type { CommandName } from "../args/command-table.ts";
import { run as runApply } from "../commands/apply.ts";
import { run as runAsk } from "../commands/ask.ts";
import { run as runCheck } from "../commands/check.ts";
import { run as runCompletion } from "../commands/completion.ts";
import { run as runDestroy } from "../commands/destroy.ts";
import { run as runDoctor } from "../commands/doctor.ts";
import { run as runDrift } from "../commands/drift.ts";
import { run as runEnvironments } from "../commands/environments.ts";
import { run as runExplain } from "../commands/explain.ts";
import { run as runForget } from "../commands/forget.ts";
import { run as runGraph } from "../commands/graph.ts";
import { run as runHistory } from "../commands/history.ts";
import { run as runImport } from "../commands/import.ts";
import { run as runInit } from "../commands/init.ts";
import { run as runOutput } from "../commands/output.ts";
import { run as runPlan } from "../commands/plan.ts";
import { run as runPromote } from "../commands/promote.ts";
import { run as runRender } from "../commands/render.ts";
import { run as runRollback } from "../commands/rollback.ts";
import { run as runSchema } from "../commands/schema.ts";
import { run as runShow } from "../commands/show.ts";
import { run as runValidate } from "../commands/validate.ts";
import type { Session, Story } from "../session.ts";
import { programOf } from "./program.ts";

/** A command without a story does not compile. */
const stories: { readonly [Name in CommandName]: Story } = {
  plan: runPlan,
  apply: runApply,
  drift: runDrift,
  import: runImport,
  show: runShow,
  output: runOutput,
  ask: runAsk,
  check: runCheck,
  environments: runEnvironments,
  history: runHistory,
  promote: runPromote,
  rollback: runRollback,
  forget: runForget,
  destroy: runDestroy,
  init: runInit,
  validate: runValidate,
  render: runRender,
  graph: runGraph,
  explain: runExplain,
  schema: runSchema,
  completion: runCompletion,
  doctor: runDoctor,
  emulate: async (session: Session) => (await import("../commands/emulate.ts")).run(session),
};

/** Every command. */
export const program = programOf<RunEvent>(everyRow, stories);
