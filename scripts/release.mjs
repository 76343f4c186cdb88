// Says whether what is here can be released: prints its version and writes its notes into the given file, or says all that is
// missing and ends with 1.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The notes of a version, from the text of the changelog; undefined when it has no dated section. */
export function notesOf(changelog, version) {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((each) => dated(version).test(each));
  const notes = section?.replace(/^.*\n/, "").trim();
  return notes === "" ? undefined : notes;
}

/** All that keeps a version from being released, each with what to do. */
export function missing({ version, changelog, readme, tags }) {
  const unreleased = /^## Unreleased\n([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(changelog)?.[1] ?? "";
  return [
    ...(/^\d+\.\d+\.\d+(-[0-9a-z.]+)?$/.test(version)
      ? []
      : [`${version} is not a version. Write major.minor.patch into package.json.`]),
    ...(notesOf(changelog, version) === undefined
      ? [`CHANGELOG.md has no section "## ${version} - YYYY-MM-DD". Write one from "Unreleased".`]
      : []),
    ...(unreleased.trim() === ""
      ? []
      : ['CHANGELOG.md has lines under "Unreleased". Move them to the version.']),
    ...(tags.includes(`v${version}`)
      ? [`The tag v${version} is there already. Raise the version in package.json.`]
      : []),
    ...(readme.includes("not on the npm registry yet")
      ? [
          "README.md says that the package is not published. Set isPublished in scripts/publication.mjs and generate.",
        ]
      : []),
  ];
}

function dated(version) {
  return new RegExp(`^${version.replaceAll(".", "\\.")} - \\d{4}-\\d{2}-\\d{2}\n`);
}

function main(notesFile) {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const read = (name) => readFileSync(path.join(root, name), "utf8");
  const { version } = JSON.parse(read("package.json"));
  const changelog = read("CHANGELOG.md");
  const { stdout } = spawnSync("git", ["tag", "--list"], { cwd: root, encoding: "utf8" });
  const tags = (stdout ?? "").split("\n");
  const problems = missing({ version, changelog, readme: read("README.md"), tags });
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  if (problems.length > 0) {
    process.exitCode = 1;
    return;
  }
  if (notesFile !== undefined) writeFileSync(notesFile, `${notesOf(changelog, version)}\n`);
  process.stdout.write(`${version}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main(process.argv[2]);
