import type { RunEvent } from "../commands/event.ts";
import { type Mask, pageData } from "./html-content.ts";
import type { PageCommand } from "./html-data.ts";
import { htmlDocument, type PageAssets } from "./html-document.ts";
import { neutralJson } from "./neutralise.ts";
import { driftDocument, planDocument, reportDocument } from "./report-document.ts";
import type { Reporter } from "./reporter.ts";
import { type TextOptions, textReporter } from "./text.ts";

/** Longest JSON document, and longest plain text, that a page carries along. */
const longestExtra = 100_000;

const documents = { plan: planDocument, drift: driftDocument, apply: reportDocument } as const;

/**
 * Collects a run and writes one HTML page when it is over, also when it failed. `out` must take the text as it
 * is: secrets are masked in here, text by text, since a mask over the finished page could change its script.
 */
export function htmlReporter(
  out: (text: string) => void,
  command: PageCommand,
  assets: PageAssets,
  texts: Pick<TextOptions, "planText" | "driftText">,
  mask: Mask,
): Reporter {
  const events: RunEvent[] = [];
  return {
    take: (event) => {
      events.push(event);
    },
    finish: () => {
      const data = pageData(events, command, mask);
      const json = mask(neutralJson(documents[command](events)));
      const title = ["agentvane", command, data.scope].join(" ").trimEnd();
      const text = mask(plainText(events, texts));
      out(
        htmlDocument(
          {
            title: mask(title),
            data,
            json: json.length > longestExtra ? undefined : json,
            text: text.length > longestExtra ? `${text.slice(0, longestExtra)}\n…` : text,
          },
          assets,
        ),
      );
    },
  };
}

/** The run as the text report tells it. */
function plainText(
  events: readonly RunEvent[],
  texts: Pick<TextOptions, "planText" | "driftText">,
): string {
  const told: string[] = [];
  const add = (text: string) => void told.push(text);
  const reporter = textReporter(
    { out: add, err: add },
    { ...texts, colour: { out: false, err: false }, quiet: false },
  );
  // How long a server kept a run waiting is no part of what came of it.
  for (const event of events) if (event.kind !== "waiting") reporter.take(event);
  reporter.finish();
  return told.join("");
}
