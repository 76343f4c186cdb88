import { Writable } from "node:stream";
import { openStream } from "../../src/cli/standard-streams.ts";
import type { RunEvent } from "../../src/commands/event.ts";
import { everyRow } from "../../src/report/events/every.ts";
import { textReporter } from "../../src/report/text/text.ts";
import type { OutputEnd, Trouble } from "./trouble.ts";

/** Tells a run in text on outputs that take a few writes and then no more. Whatever they do, telling must not throw. */
export function unreadReporter(trouble: Trouble & { readonly kind: "unread" }) {
  const { out, err } = trouble;
  const { write: toOut } = openStream(noDescriptor, () => brokenAfter(out.writes, out.end));
  const { write: toErr } = openStream(noDescriptor, () => brokenAfter(err.writes, err.end));
  const reporter = textReporter(
    { out: toOut, err: toErr },
    {
      colour: { out: false, err: false },
      quiet: false,
      rows: everyRow,
    },
  );
  return (event: RunEvent) => reporter.take(event);
}

function brokenAfter(writes: number, end: OutputEnd) {
  let done = 0;
  const stream = new Writable({
    write: (_chunk, _encoding, callback) => {
      done += 1;
      if (done <= writes) callback();
      else if (end !== "stuck") callback(Object.assign(new Error(end), { code: codes[end] }));
    },
  });
  return stream;
}

const noDescriptor = -1;
const codes = { closed: "EPIPE", full: "ENOSPC" } as const;
