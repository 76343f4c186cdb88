import type { FileEvent } from "../../commands/file-event.ts";
import type { EventRows } from "../event-row.ts";
import { listed } from "../safe/truncate.ts";
import { importedText } from "../text/imported.ts";
import { pinsText } from "../text/pins.ts";
import { startedText } from "../text/started.ts";
import { plainError } from "../words/error-words.ts";

/** What is written into the files of a project, and what is in the way of it. */
export const fileRows = {
  started: { result: startedText },
  imported: { result: importedText },
  pinned: { result: pinsText },
  pins_unwritable: {
    exit: 0,
    error: ({ paths }) => {
      const message = `${listed(paths)} cannot be edited: the pins are printed instead, for you to write`;
      return {
        message,
        details: { paths },
        parts: [{ mark: "warning", head: [message], next: [] }],
      };
    },
  },
  pins_unwritten: {
    exit: 6,
    error: ({ path, reason }) =>
      plainError(
        `the aliases moved, but the pins in ${path} could not be written: ${reason}`,
        { path },
        "Copy the pins that are printed above into the file, or the next apply moves the aliases again.",
      ),
  },
  file_written: { result: ({ path }) => [["wrote ", path]] },
  file_missing: {
    exit: 3,
    error: ({ path }) =>
      plainError(`${path} does not exist`, { path }, "Check the path, or write the file first."),
  },
  file_exists: {
    exit: 3,
    error: ({ path }) => plainError(`${path} already exists and is left as it is`, { path }),
  },
} satisfies EventRows<FileEvent>;
