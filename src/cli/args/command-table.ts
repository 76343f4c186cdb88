import type { CommandSpec } from "./command-spec.ts";
import { conversationCommands } from "./conversation-commands.ts";
import { fileCommands } from "./file-commands.ts";
import { lookingCommands } from "./looking-commands.ts";
import { ownershipCommands } from "./ownership-commands.ts";
import { pointerCommands } from "./pointer-commands.ts";
import { releaseCommands } from "./release-commands.ts";
import { setupCommands } from "./setup-commands.ts";

/** Every command, in the order of the help; a missing one does not compile. */
const commands = {
  init: fileCommands.init,
  validate: fileCommands.validate,
  plan: releaseCommands.plan,
  apply: releaseCommands.apply,
  drift: releaseCommands.drift,
  import: ownershipCommands.import,
  show: lookingCommands.show,
  output: lookingCommands.output,
  environments: lookingCommands.environments,
  ask: conversationCommands.ask,
  check: conversationCommands.check,
  history: lookingCommands.history,
  promote: pointerCommands.promote,
  rollback: pointerCommands.rollback,
  forget: ownershipCommands.forget,
  destroy: ownershipCommands.destroy,
  render: fileCommands.render,
  graph: fileCommands.graph,
  emulate: setupCommands.emulate,
  schema: fileCommands.schema,
  doctor: setupCommands.doctor,
  explain: fileCommands.explain,
  completion: fileCommands.completion,
} satisfies AllCommands;

type AllCommands = typeof fileCommands &
  typeof releaseCommands &
  typeof ownershipCommands &
  typeof lookingCommands &
  typeof conversationCommands &
  typeof pointerCommands &
  typeof setupCommands;

/** The names of the commands. */
export type CommandName = keyof AllCommands;

/** A command with its name as a type. */
export type Command = CommandSpec & { readonly name: CommandName };

/** Every command, in the order of the help. */
export const commandTable: readonly Command[] = Object.values(commands);
