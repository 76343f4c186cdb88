import { differencesText } from "../../report/text/change.ts";
import { driftText } from "../../report/text/drift.ts";
import { planText } from "../../report/text/plan.ts";
import type { Story } from "../session.ts";
import { run as runApply } from "./apply.ts";
import { run as runAsk } from "./ask.ts";
import { run as runCheck } from "./check.ts";
import { run as runDestroy } from "./destroy.ts";
import { run as runDrift } from "./drift.ts";
import { run as runEnvironments } from "./environments.ts";
import { run as runForget } from "./forget.ts";
import { run as runHistory } from "./history.ts";
import { run as runImport } from "./import.ts";
import { run as runOutput } from "./output.ts";
import { run as runPlan } from "./plan.ts";
import { run as runPromote } from "./promote.ts";
import { run as runRollback } from "./rollback.ts";
import { run as runShow } from "./show.ts";

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
