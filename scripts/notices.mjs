// The licences of what the bundles hold: most of them ask that their text comes along with every copy.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** A text with the licence of every package that a build's inputs come from. Throws for one that has none. */
export function noticesOf(root, metafiles) {
  const folders = new Set(
    metafiles.flatMap(({ inputs }) =>
      Object.keys(inputs).flatMap((file) => packageFolder(file) ?? []),
    ),
  );
  const notices = [...folders].map((folder) => noticeOf(path.join(root, folder)));
  return `What agentvane is built with, and under which licences.\n\n${[...new Set(notices)].sort().join("\n")}`;
}

function packageFolder(file) {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

function noticeOf(folder) {
  const { name, version, license, author } = JSON.parse(
    readFileSync(path.join(folder, "package.json"), "utf8"),
  );
  const file = readdirSync(folder).find((each) => /^licen[cs]e(\.\w+)?$/i.test(each));
  if (license === undefined && file === undefined) throw new Error(`${name} has no licence`);
  const owner = typeof author === "string" ? author : (author?.name ?? "");
  const text =
    file === undefined
      ? `${license}, ${owner}`
      : readFileSync(path.join(folder, file), "utf8").trim();
  return `${"=".repeat(80)}\n${name} ${version} (${license})\n\n${text}\n`;
}
