import type { CommandSpec } from "./command-spec.ts";
import { conversationCommands } from "./conversation-commands.ts";
import { fileCommands } from "./file-commands.ts";
import { lookingCommands } from "./looking-commands.ts";
import { ownershipCommands } from "./ownership-commands.ts";
import { pointerCommands } from "./pointer-commands.ts";
import { releaseCommands } from "./release-commands.ts";
import { setupCommands } from "./setup-commands.ts";

/** Every command, in the order in which help lists them. */
export const commandTable: readonly CommandSpec[] = [
  fileCommands.init,
  fileCommands.validate,
  releaseCommands.plan,
  releaseCommands.apply,
  releaseCommands.drift,
  ownershipCommands.import,
  lookingCommands.show,
  lookingCommands.output,
  lookingCommands.environments,
  conversationCommands.ask,
  conversationCommands.check,
  lookingCommands.history,
  pointerCommands.promote,
  pointerCommands.rollback,
  ownershipCommands.forget,
  ownershipCommands.destroy,
  fileCommands.render,
  fileCommands.graph,
  setupCommands.emulate,
  fileCommands.schema,
  setupCommands.doctor,
  fileCommands.explain,
  fileCommands.completion,
];
