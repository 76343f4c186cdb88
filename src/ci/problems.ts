import { isList, isObject, type Json } from "../agent/json.ts";
import type { CiNotice } from "./notice.ts";

type ProblemNotice = Extract<CiNotice, { readonly kind: "problem" }>;

/** What is wrong in the files, from the JSON that `validate` prints; empty when that says nothing of files. */
export function problemsOf(text: string): readonly ProblemNotice[] {
  const error = member(parsed(text), "error");
  const details = member(error, "details");
  return isList(details) ? details.flatMap(problem) : [];
}

function problem(detail: Json): readonly ProblemNotice[] {
  const [code, file, message] = ["code", "file", "message"].map((name) => member(detail, name));
  const [line, column] = ["line", "column"].map((name) => member(detail, name));
  if (typeof file !== "string" || typeof message !== "string") return [];
  const more = ["expected", "hint"].flatMap((name) => {
    const value = member(detail, name);
    return typeof value === "string" ? [name === "expected" ? `expected ${value}` : value] : [];
  });
  return [
    {
      kind: "problem",
      code: typeof code === "string" ? code : "",
      file,
      line: typeof line === "number" ? line : 1,
      column: typeof column === "number" ? column : 1,
      text: [message, ...more].join(". "),
    },
  ];
}

function member(json: Json | undefined, name: string): Json | undefined {
  return isObject(json) ? json[name] : undefined;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
