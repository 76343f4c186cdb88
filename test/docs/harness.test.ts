import { describe, expect, test } from "vitest";
import { commandsOfScript, commandsOfSession } from "./commands-of.ts";
import { unlikeness, withIds } from "./likeness.ts";
import { itemsOf, type Page } from "./page.ts";
import { runPage } from "./page-run.ts";

// The documentation is only as true as what tests it: this has to fail where a page is wrong.

const page = (text: string): Page => ({ name: "page.md", text, items: itemsOf(text) });
const failing = (text: string) => runPage(page(text)).then(() => "it passed", String);

const project = `\`\`\`yaml agents.yaml
version: 1
project: acme
agents: { triage: { model: mistral-small-latest } }
\`\`\`
`;

describe("a page passes", () => {
  test("that does what it says, in one project from top to bottom", async () => {
    const text = `${project}
\`\`\`sh
agentvane apply   # asks; a person says yes
agentvane apply --auto-approve
\`\`\`
\`\`\`console
$ agentvane show
KEY …
triage …
…
$ agentvane show nobody >/dev/null 2>&1
$ echo $?
3
\`\`\`
\`\`\`sh
agentvane schema
\`\`\`
\`\`\`json output
{
…
\`\`\`
<!-- docs-test new project -->
\`\`\`sh
agentvane validate   # exit 3
\`\`\`
`;
    await expect(runPage(page(text))).resolves.toBeUndefined();
  });
});

describe("a page fails", () => {
  test.each([
    ["with a command that fails", "```sh\nagentvane validate\n```", "ended with 3"],
    [
      "with one that should fail",
      `${project}\`\`\`sh\nagentvane validate # exit 3\n\`\`\``,
      "with 0",
    ],
    ["with other output", `${project}\`\`\`console\n$ agentvane validate\nFine.\n\`\`\``, "Valid:"],
    [
      "with other output in a block of its own",
      "```sh\necho a\n```\n```mermaid output\nb\n```",
      "shows",
    ],
    ["with less output", "```console\n$ echo a; echo b\na\n```", "shows"],
    ["with a flag that is none", "```sh\nagentvane schema --nice\n```", "ended with 64"],
    ["with a bad agents.yaml", "```yaml agents.yaml\nversion: 2\n```", "agents.yaml above"],
    ["with YAML of no name", "```yaml\na: 1\n```", "file name"],
    ["with JSON that is none", "```json\n{a}\n```", "JSON"],
    ["with a language that nobody knows", "```python\n1\n```", "```python"],
    ["with a program that is not there", "```sh\nagentvain plan\n```", "ended with 127"],
    [
      "when nobody is there to say yes",
      `<!-- docs-test unattended -->\n${project}\`\`\`sh\nagentvane apply\n\`\`\``,
      "ended with 64",
    ],
  ])("%s", async (_name, text, reason) => {
    expect(await failing(text)).toContain(reason);
  });
});

describe("what is printed is like what a page shows", () => {
  const like = (shown: string, printed: string) =>
    unlikeness(shown.split("\n"), printed, new Map()) === undefined;

  test.each([
    ["the same", "a\n\nb", "a\n\nb\n", true],
    ["white space at the end", "a", "a  \n", true],
    ["another line", "a", "b", false],
    ["one more", "a", "a\nb", false],
    ["one less", "a\nb", "a", false],
    ["any lines", "a\n…\nd", "a\nb\nc\nd", true],
    ["no line", "a\n…\nd", "a\nd", true],
    ["any lines, then another", "a\n…\nd", "a\nb", false],
    ["the rest of a line", "a…", "abc", true],
    ["a dot in the middle", "a…c", "abc", false],
    ["a time", "in 0.2 s", "in 13.4 s", true],
    ["a release", "20261124T154901250Z-f2a046", "20270101T000000000Z-000000", true],
    ["an id", "ag_0199aa…", "ag_01a20e3f033c7a069a87009f7b774816", true],
    ["two ids", "ag_0199aa ag_0199bb", "ag_01aa11 ag_01bb11", true],
    ["an id twice", "ag_0199aa ag_0199aa", "ag_01aa11 ag_01bb11", false],
    ["no id", "ag_0199aa", "triage", false],
    ["characters of patterns", "a.b (c)* [d]", "a.b (c)* [d]", true],
    ["characters of patterns, which are none", "a.b", "axb", false],
  ])("%s", (_name, shown, printed, expected) => {
    expect(like(shown, printed)).toBe(expected);
  });

  test("an id of the page stands for the same one from then on", () => {
    const ids = new Map<string, string>();
    expect(unlikeness(["ag_0199aa…  x"], "ag_01aa11  x", ids)).toBeUndefined();
    expect(withIds("id: ag_0199aa…", ids)).toBe("id: ag_01aa11");
    expect(unlikeness(["ag_0199aa"], "ag_01bb22", ids)).toContain("ag_01bb22");
  });
});

describe("blocks", () => {
  test("of a script: comments are none, lines go on, here documents end", () => {
    const text = "# why\na \\\n  b\n\ncat > f <<'EOF'\nx\n# y\nEOF\nc   # exit 3";
    expect(commandsOfScript(text).map((each) => [each.text, each.status])).toEqual([
      ["a \\\n  b", 0],
      ["cat > f <<'EOF'\nx\n# y\nEOF", 0],
      ["c   # exit 3", 3],
    ]);
  });

  test("of a session: commands and what they print", () => {
    expect(commandsOfSession("$ a \\\n>   b\nout\n$ c")).toMatchObject([
      { text: "a \\\n  b", output: ["out"] },
      { text: "c", output: [] },
    ]);
    expect(() => commandsOfSession("a")).toThrow("begins with");
  });

  test("are found with their place, and have to be closed", () => {
    const text = "a\n```sh\nb\n```\n<!-- docs-test new project -->\n<!-- docs-test\nc\n-->\n";
    expect(itemsOf(text)).toEqual([
      { kind: "block", info: "sh", text: "b", line: 3 },
      { kind: "aside", text: "new project", line: 5 },
      { kind: "aside", text: "c", line: 6 },
    ]);
    expect(() => itemsOf("```sh\na")).toThrow("not closed");
  });
});
