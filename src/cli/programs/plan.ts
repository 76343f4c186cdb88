import { configRows } from "../../report/events/config.ts";
import { planRows } from "../../report/events/plan.ts";
import { serverRows } from "../../report/events/server.ts";
import { sessionRows } from "../../report/events/session.ts";
import { type PlanRunEvent, run } from "../commands/plan.ts";
import { programOf } from "./program.ts";

const rows = { ...sessionRows, ...configRows, ...serverRows, ...planRows };

/** `agentvane plan`, which runs often: for each pull request and during editing. */
export const program = programOf<PlanRunEvent>(rows, { plan: run });
