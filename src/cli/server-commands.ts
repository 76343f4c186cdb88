import { differencesText } from "../report/change-text.ts";
import { driftText } from "../report/drift-text.ts";
import { planText } from "../report/plan-text.ts";
import { run as runApply } from "./run-apply.ts";
import { run as runAsk } from "./run-ask.ts";
import { run as runCheck } from "./run-check.ts";
import { run as runDestroy } from "./run-destroy.ts";
import { run as runDrift } from "./run-drift.ts";
import { run as runEnvironments } from "./run-environments.ts";
import { run as runForget } from "./run-forget.ts";
import { run as runHistory } from "./run-history.ts";
import { run as runImport } from "./run-import.ts";
import { run as runOutput } from "./run-output.ts";
import { run as runPlan } from "./run-plan.ts";
import { run as runPromote } from "./run-promote.ts";
import { run as runRollback } from "./run-rollback.ts";
import { run as runShow } from "./run-show.ts";
import type { Story } from "./session.ts";

const texts = { planText, driftText, changesText: differencesText };

/** The commands that talk to a server: one chunk of the bundle. */
export const serverStories: { readonly [command: string]: Story } = {
  plan: { run: runPlan, texts },
  apply: { run: runApply, texts },
  drift: { run: runDrift, texts },
  import: { run: runImport, texts },
  show: { run: runShow, texts },
  output: { run: runOutput, texts },
  ask: { run: runAsk, texts },
  check: { run: runCheck, texts },
  environments: { run: runEnvironments, texts },
  history: { run: runHistory, texts },
  promote: { run: runPromote, texts },
  rollback: { run: runRollback, texts },
  forget: { run: runForget, texts },
  destroy: { run: runDestroy, texts },
};
