import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

/** Syntax that a document of ours may have. All else is a text of somebody else that acts. */
const harmless: ReadonlySet<Nodes["type"]> = new Set([
  "root",
  "paragraph",
  "strong",
  "inlineCode",
  "table",
  "tableRow",
  "tableCell",
]);

const marker = /^<!-- agentvane (?:plan|drift|apply): project=[\w.%-]*, environment=[\w.%-]* -->$/;
const entity = "&(?:amp|lt|gt|quot|#39);";
const foldedUnder = new RegExp(
  `^<details><summary>(?:<code>(?:[^<>&\\n]|${entity})*</code>)?[^<>&@#!~$%/\\\\*_\`\\n]*</summary>$`,
  "u",
);

/** What GitHub or GitLab make of plain text: mentions, references, links, emoji, digests, math. */
const forge =
  /[@#~$^&|\\<>[\]*_`]|!\d|%\S|:\w+:|:\/\/|\bwww\.|\b[0-9a-f]{7,}\b|\b[A-Z]+-\d|\w\/\w/u;

/** What is spelled out wherever a text of others is shown. */
const unseen = /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Everything that is wrong with a document, read as GitHub reads it; empty when nothing is. */
export function complaints(markdown: string): readonly string[] {
  const nodes = nodesOf(
    fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }),
  );
  const lines = markdown.split("\n");
  const tags = nodes.flatMap((node) => (node.type === "html" ? [node.value] : []));
  return [
    ...(markdown.length > 65_536 ? [`${markdown.length} characters`] : []),
    ...(markdown.endsWith("\n") ? [] : ["no line break at the end"]),
    ...(marker.test(lines[0] ?? "") ? [] : ["no marker in the first line"]),
    ...(tags.filter((tag) => tag.startsWith("<!--")).length === 1 ? [] : ["several comments"]),
    ...(unseen.test(markdown) ? ["something that cannot be seen"] : []),
    // GitLab looks for commands at the beginning of lines, and has looked for them past fences.
    ...lines.filter((line) => line.startsWith("/")).map((line) => `a command: ${line}`),
    // A document may be printed into a build's log.
    ...lines
      .filter((line) => /^\s*::|##\w*\[/.test(line))
      .map((line) => `an order to a build service: ${line}`),
    ...nodes.flatMap((node) => nodeComplaints(node, lines)),
    ...foldComplaints(tags),
  ];
}

function nodeComplaints(node: Nodes, lines: readonly string[]): readonly string[] {
  switch (node.type) {
    case "text":
      return forge.test(node.value) ? [`text that acts: ${node.value}`] : [];
    case "html":
      return isOurs(node.value) ? [] : [`HTML: ${node.value}`];
    case "code":
      return isFenced(node, lines) ? [] : [`code without a fence of ours: ${node.value}`];
    case "heading":
      return node.depth < 3 ? ["a title of a page"] : [];
    case "list":
      return node.ordered ? ["a numbered list"] : [];
    case "listItem":
      return typeof node.checked === "boolean" ? ["a task"] : [];
    default:
      return harmless.has(node.type) ? [] : [node.type];
  }
}

function isOurs(tag: string): boolean {
  return (
    ["</details>", "<sub>", "</sub>"].includes(tag) || marker.test(tag) || foldedUnder.test(tag)
  );
}

/** A fence that is not closed ends with the document, not with itself. */
function isFenced({ position }: Nodes, lines: readonly string[]): boolean {
  const [first, last] = [position?.start.line ?? 0, position?.end.line ?? 0];
  const fence = /^ *(`{3,})(?:diff|text|mermaid)$/.exec(lines[first - 1] ?? "")?.[1];
  return fence !== undefined && last > first && lines[last - 1]?.trim() === fence;
}

function foldComplaints(tags: readonly string[]): readonly string[] {
  let open = 0;
  for (const tag of tags) {
    if (tag.startsWith("<details>")) open += 1;
    if (tag === "</details>") open -= 1;
    if (open < 0) return ["closed without being opened"];
  }
  return open === 0 ? [] : ["opened and not closed"];
}

function nodesOf(node: Nodes): readonly Nodes[] {
  return "children" in node ? [node, ...node.children.flatMap(nodesOf)] : [node];
}
