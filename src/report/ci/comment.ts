import { isObject, type Json } from "../../agent/json.ts";
import type { CommentTexts } from "../../ci/comment-texts.ts";
import { markerOf } from "../../ci/marker.ts";
import { toldArgs } from "../../ci/told-args.ts";
import { fenced, folded, tableHead, tableRow } from "../markdown/block.ts";
import { inlineCode } from "../markdown/inline.ts";
import { withholders } from "./notice.ts";

/** The texts around the result of a command in a comment. Text from outside becomes code. */
export const ciCommentTexts: CommentTexts = {
  withoutResult: ({ command }, code) =>
    `### agentvane ${command} failed\n\nIt ended with exit code ${code} without a result. The log of the job says why.`,
  tooLong: ({ command }) =>
    `### agentvane ${command}\n\nThe result is longer than a comment may be. The job's summary and its log have it.`,
  asCode: (task, code, out) => {
    const how = code === 0 ? "" : ` failed with exit code ${code}`;
    return `### ${titleOf(task)}${how}\n\n${fenced("text", out.trimEnd().split("\n"))}\n`;
  },
  preview: ({ environment = "" }, code, agents, markdown) => {
    const [marker, rest] = withoutMarker(markdown);
    return [
      ...(marker === undefined ? [] : [marker]),
      `### Preview ${inlineCode(environment)}`,
      code === 0
        ? "Talk to these agents before you merge:"
        : "The last apply failed. The agents now:",
      agentTable(agents),
      ...(code === 0 ? [tryIt(agents, environment)] : []),
      ...(rest === "" ? [] : [code === 0 ? folded("What was applied", rest) : rest]),
      "They are deleted when the pull request is closed.",
      "",
    ].join("\n\n");
  },
  skipped: ({ command }, withheld) =>
    `### agentvane ${command} was skipped\n\n${withholders[withheld]}. The files are valid.`,
  footer: ({ workingDirectory, file, args }, { commit, log }) => {
    const parts = [
      ...(commit === undefined ? [] : [`for commit ${commit.slice(0, 12)}`]),
      ...(workingDirectory === "." ? [] : [`in ${inlineCode(workingDirectory)}`]),
      ...(file === undefined ? [] : [`file ${inlineCode(file)}`]),
      ...(args.length === 0 ? [] : [`with ${inlineCode(toldArgs(args).join(" "))}`]),
      ...(log === undefined ? [] : [`[log](<${log}>)`]),
    ];
    return parts.length === 0 ? "" : `<sub>${parts.join(" · ")}</sub>`;
  },
};

function titleOf({ command, words, preview, environment }: Parameters<CommentTexts["asCode"]>[0]) {
  const inEnvironment = environment === undefined ? "" : ` ${inlineCode(environment)}`;
  if (preview === "sweep") return "Old previews: deleted";
  if (preview === "destroy") return `Preview${inEnvironment}: deleted`;
  return [`agentvane ${command}`, ...words.map(inlineCode)].join(" ");
}

/** The hidden first line, which must stay first, and the rest. */
function withoutMarker(markdown: string): readonly [string | undefined, string] {
  const marker = markerOf(markdown);
  return [marker, marker === undefined ? markdown : markdown.slice(marker.length).trim()];
}

function agentTable(agents: string): string {
  const rows = entriesOf(agents).map(([key, { id, name, version }]) =>
    tableRow([...[key, name, id].map((each) => inlineCode(String(each))), String(version)]),
  );
  return [tableHead(["agent", "name", "id", "version:"]), ...rows].join("\n");
}

function tryIt(agents: string, environment: string): string {
  const [first] = entriesOf(agents);
  if (first === undefined) return "";
  return fenced("sh", [`agentvane ask ${first[0]} "Hello" --env ${environment}`]);
}

function entriesOf(agents: string): readonly (readonly [string, { [name: string]: Json }])[] {
  const json = JSON.parse(agents) as Json;
  return Object.entries(isObject(json) ? json : {}).flatMap(([key, agent]) =>
    isObject(agent) ? [[key, agent] as const] : [],
  );
}
