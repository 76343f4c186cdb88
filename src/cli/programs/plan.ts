import { differencesText } from "../../report/text/change.ts";
import { driftText } from "../../report/text/drift.ts";
import { planText } from "../../report/text/plan.ts";
import { run } from "../commands/plan.ts";
import { programOf } from "./program.ts";

const texts = { planText, driftText, changesText: differencesText };

/** `agentvane plan`, which runs often: for each pull request and during editing. */
export const program = programOf({ plan: { run, texts } });
