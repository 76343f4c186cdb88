import type { Author, HistoryEntry } from "../commands/history-entry.ts";
import { counted } from "./bounded.ts";
import { type Line, type Style, styled } from "./line.ts";

const authors: { readonly [Name in Author]: { readonly text: string; readonly style: Style } } = {
  agentvane: { text: "agentvane", style: "faint" },
  outside: { text: "outside", style: "warning" },
  other_project: { text: "another project", style: "warning" },
};

/** The versions of an agent, newest first: where they are used, when and by whom they were written. */
export function historyText(
  key: string,
  id: string,
  entries: readonly HistoryEntry[],
): readonly Line[] {
  const widest = Math.max(0, ...entries.map(({ version }) => String(version).length));
  return [
    [styled("strong", key), `  ${id}, ${counted(entries.length, "version")}`],
    ...entries.map((entry): Line => {
      const { text, style } = authors[entry.author];
      const places = [...(entry.isDefault ? ["default"] : []), ...entry.aliases];
      const time = releaseTime(entry.release);
      return [
        `  ${String(entry.version).padStart(widest)}  `,
        styled(style, text),
        ...(time === undefined ? [] : [`  ${time}`]),
        ...(entry.commit === undefined ? [] : [`  ${entry.commit.slice(0, 12)}`]),
        ...(places.length === 0 ? [] : ["  ", styled("added", places.join(", "))]),
        ...(entry.message === undefined ? [] : ["  ", styled("faint", entry.message)]),
      ];
    }),
  ];
}

/** The time in a release id (`20261124T154901250Z-f2a046`), as people read it. */
function releaseTime(release: string): string | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)\d*Z/.exec(release);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  return `${year}-${month}-${day} ${hour}:${minute}:${second}Z`;
}
