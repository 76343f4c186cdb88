import type { HistoryEntry, VersionAuthor } from "../../commands/history-entry.ts";
import type { LookEvent } from "../../commands/look-event.ts";
import { counted } from "../safe/truncate.ts";
import { type Line, type Style, styled } from "../words/line.ts";
import { differencesText } from "./change.ts";

const authors: {
  readonly [Name in VersionAuthor]: { readonly text: string; readonly style: Style };
} = {
  agentvane: { text: "agentvane", style: "faint" },
  outside: { text: "outside", style: "warning" },
  other_project: { text: "another project", style: "warning" },
};

type Column = {
  readonly title: string;
  readonly text: (entry: HistoryEntry) => string;
  readonly style?: (entry: HistoryEntry) => Style;
};

const columns: readonly Column[] = [
  { title: "VERSION", text: ({ version }) => String(version) },
  { title: "TIME", text: timeText },
  {
    title: "BY",
    text: ({ author }) => authors[author].text,
    style: ({ author }) => authors[author].style,
  },
  // A few more characters than `rollback --to-commit` needs, against ambiguity.
  { title: "COMMIT", text: ({ commit }) => shortCommit(commit) },
  {
    title: "POINTERS",
    text: ({ isDefault, aliases }) => [...(isDefault ? ["default"] : []), ...aliases].join(", "),
    style: () => "added",
  },
  { title: "MESSAGE", text: messageText, style: () => "faint" },
];

/**
 * The versions of an agent, newest first, with when, by whom and from which commit they were written, and the pointers
 * to them. An empty column is left out.
 */
export function historyText(
  key: string,
  id: string,
  entries: readonly HistoryEntry[],
): readonly Line[] {
  const shown = columns
    .map((column) => ({ column, texts: entries.map(column.text) }))
    .filter(({ texts }) => texts.some((text) => text !== ""))
    .map(({ column, texts }) => ({
      column,
      texts,
      width: Math.max(column.title.length, ...texts.map(({ length }) => length)),
    }));
  const row = (texts: readonly string[], styleOf: (at: number) => Style | undefined): Line => {
    const end = texts.findLastIndex((text) => text !== "");
    return texts.slice(0, end + 1).map((text, at) => {
      const cell = at === end ? text : `${text.padEnd(shown[at]?.width ?? 0)}  `;
      const style = styleOf(at);
      return style === undefined ? cell : styled(style, cell);
    });
  };
  return [
    [styled("strong", key), `  ${id}, ${counted(entries.length, "version")}`],
    row(
      shown.map(({ column }) => column.title),
      () => "faint",
    ),
    ...entries.map((entry, nth) =>
      row(
        shown.map(({ texts }) => texts[nth] ?? ""),
        (at) => shown[at]?.column.style?.(entry),
      ),
    ),
  ];
}

function timeText({ time, notAfter }: HistoryEntry): string {
  if (time !== undefined) return secondsOf(time);
  return notAfter === undefined ? "" : `until ${secondsOf(notAfter)}`;
}

/** An RFC 3339 time for people, without fractions of a second. */
function secondsOf(time: string): string {
  return time.replace(/^(\S{10})T(\d\d:\d\d:\d\d)(?:\.\d+)?/, "$1 $2");
}

/** The part of a version message that the columns do not show: for our own versions, the run and the user. */
function messageText({ author, message }: HistoryEntry): string {
  if (message === undefined || author !== "agentvane") return message ?? "";
  return message
    .split(", ")
    .filter((part) => !/^(agentvane|commit) /.test(part))
    .join(", ");
}

/** The first characters of a commit, and whether files differed from it. */
function shortCommit(commit: string | undefined): string {
  if (commit === undefined) return "";
  return `${commit.slice(0, 12)}${commit.endsWith("-dirty") ? "-dirty" : ""}`;
}

/** What differs between two versions. */
export function comparisonText({
  key,
  before,
  after,
  changes,
}: Extract<LookEvent, { readonly kind: "versions_compared" }>): readonly Line[] {
  if (changes.length > 0) {
    const head: Line = [styled("strong", key), `  version ${before} → ${after}`];
    return [head, ...differencesText(changes)];
  }
  return [
    [styled("success", "No difference"), ` between versions ${before} and ${after} of ${key}.`],
  ];
}
