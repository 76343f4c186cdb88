import type { ConfigEvent } from "../../commands/config-event.ts";
import { configRows } from "../../report/events/config.ts";
import { sessionRows } from "../../report/events/session.ts";
import { run } from "../commands/validate.ts";
import { programOf } from "./program.ts";

/** `agentvane validate`, which editors and hooks run often. */
export const program = programOf<ConfigEvent>({ ...sessionRows, ...configRows }, { validate: run });
