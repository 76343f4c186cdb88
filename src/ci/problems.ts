import { isList, isObject, type Json, parsedJson } from "../agent/json.ts";
import { positionIn } from "./failure.ts";

import type { CiNotice } from "./notice.ts";

type ProblemNotice = Extract<CiNotice, { readonly kind: "problem" }>;

/** The problems of files in the JSON of `validate`; empty if it contains none. */
export function problemsOf(text: string): readonly ProblemNotice[] {
  const error = member(parsedJson(text), "error");
  const details = member(error, "details");
  return isList(details) ? details.flatMap(problem) : [];
}

function problem(detail: Json): readonly ProblemNotice[] {
  const [code, message] = ["code", "message"].map((name) => member(detail, name));
  const position = positionIn(detail);
  if (position === undefined || typeof message !== "string") return [];
  const more = ["expected", "hint"].flatMap((name) => {
    const value = member(detail, name);
    return typeof value === "string" ? [name === "expected" ? `expected ${value}` : value] : [];
  });
  return [
    {
      kind: "problem",
      code: typeof code === "string" ? code : "",
      position,
      text: [message, ...more].join(". "),
    },
  ];
}

function member(json: Json | undefined, name: string): Json | undefined {
  return isObject(json) ? json[name] : undefined;
}
