import { fileText } from "./file-text.ts";
import { parseYaml } from "./parse-yaml.ts";
import type { ReportProblem } from "./problem-log.ts";
import { type SourceText, wholeRange } from "./source-text.ts";
import { isNull, memberOf, type Tree } from "./tree.ts";

/**
 * The agent that a `.md` file is: the YAML between its first line `---` and the next is the definition, what
 * follows are the instructions. Without that first line all of it are instructions. Undefined when it is
 * not one; then why is reported.
 */
export function frontMatterAgent(source: SourceText, report: ReportProblem): Tree | undefined {
  const whole = wholeRange(source);
  const bounds = frontMatterBounds(source.text);
  if (bounds === undefined) {
    report({ source, start: 0, end: 0 }, { code: "unclosed_front_matter" });
    return undefined;
  }
  const front = parseYaml(source, report, bounds.frontEnd);
  if (front === undefined) return undefined;
  const definition: Tree = isNull(front) ? { kind: "map", members: new Map(), ...whole } : front;
  const body = fileText({ source, start: bounds.bodyStart, end: whole.end });
  if (definition.kind !== "map" || String(body.value).trim() === "") return definition;
  if (memberOf(definition, "instructions") !== undefined) {
    const range = definition.members.get("instructions")?.key ?? whole;
    report(range, { code: "instructions_twice" });
  }
  const members = new Map([...definition.members, ["instructions", { key: body, value: body }]]);
  return { ...definition, members };
}

/** Offsets of a Markdown file's parts; all are 0 where it has no front matter. */
type Bounds = {
  readonly frontStart: number;
  readonly frontEnd: number;
  readonly bodyStart: number;
};

/** Where the front matter begins and ends and the body starts; undefined when it is opened and never closed. */
export function frontMatterBounds(text: string): Bounds | undefined {
  const opened = /^---[ \t]*\r?\n/.exec(text);
  if (opened === null) return { frontStart: 0, frontEnd: 0, bodyStart: 0 };
  const frontStart = opened[0].length;
  const fence = /^---[ \t]*\r?(?:\n|$(?![\s\S]))/gm;
  fence.lastIndex = frontStart;
  const closed = fence.exec(text);
  if (closed === null) return undefined;
  return { frontStart, frontEnd: closed.index, bodyStart: fence.lastIndex };
}
