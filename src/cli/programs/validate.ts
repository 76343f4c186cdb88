import { run } from "../commands/validate.ts";
import { noPlanTexts } from "../session.ts";
import { programOf } from "./program.ts";

/** `agentvane validate`, which editors and hooks run often. */
export const program = programOf({ validate: { run, texts: noPlanTexts } });
