import type { RunEvent } from "../../commands/event.ts";
import type { SessionEvent } from "../../commands/session-event.ts";
import type { EventRows } from "../../report/event-row.ts";
import type { CommandName } from "../args/command-table.ts";
import { runCommandLine } from "../run-command-line.ts";
import type { Story } from "../session.ts";
import { openStandardStreams, printResult } from "../standard-streams.ts";

/** A bundle of the command. It can parse every command line, and runs the commands whose stories it contains. */
export type Program = {
  /** Runs a command line; gives its exit code. */
  readonly run: (args: readonly string[]) => Promise<number>;
  /** Prints a text; gives the exit code. */
  readonly print: (text: string) => Promise<number>;
};

/** A program with these stories. An event that they emit and that has no row does not compile. */
export function programOf<Event extends RunEvent>(
  rows: EventRows<Event | SessionEvent>,
  stories: { readonly [Name in CommandName]?: Story<Event> },
): Program {
  const commands = { rows, stories };
  return {
    run: (args) => runCommandLine(args, openStandardStreams(), commands),
    print: (text) => printResult(openStandardStreams(), text),
  };
}
