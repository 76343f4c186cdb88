import { run } from "../commands/validate.ts";
import { noPlanTexts } from "../session.ts";
import { programOf } from "./program.ts";

/** `agentvane validate`, which an editor or a hook runs all the time. */
export const program = programOf({ validate: { run, texts: noPlanTexts } });
