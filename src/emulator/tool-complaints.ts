import type { Detail } from "./answers.ts";
import { isList, isObject, type Json, type JsonObject } from "./json.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const builtIn = new Set([
  "web_search",
  "web_search_premium",
  "code_interpreter",
  "image_generation",
  "document_library",
]);

/** The violations, by a valid body, of the tool rules that POST /v1/conversations was seen to enforce. */
export function toolComplaints(body: JsonObject): readonly Detail[] {
  const tools = isList(body.tools) ? body.tools.filter(isObject) : [];
  const types = new Set(tools.map(({ type }) => String(type)));
  const choice = isObject(body.completion_args) ? body.completion_args.tool_choice : undefined;
  return [
    ...(types.has("web_search") && types.has("web_search_premium")
      ? [complaint(["tools"], "Can't add web_search and web_search_premium together", null)]
      : []),
    ...(choice === "required" && [...types].some((type) => builtIn.has(type))
      ? [
          complaint(
            ["completion_args", "tool_choice"],
            "Can't set 'tool_choice' to 'required' when using built in connectors",
            choice,
          ),
        ]
      : []),
    ...(choice === "any"
      ? [
          complaint(
            ["completion_args", "tool_choice"],
            "Input should be 'auto', 'none' or 'required'",
            choice,
          ),
        ]
      : []),
    ...tools.flatMap((tool, at) => libraryComplaints(tool, at)),
  ];
}

/** The violations, by a valid create request, of a rule of POST /v1/agents. */
export function creationComplaints(body: JsonObject): readonly Detail[] {
  const tools = isList(body.tools) ? body.tools.filter(isObject) : [];
  const choice = isObject(body.completion_args) ? body.completion_args.tool_choice : undefined;
  if (choice !== "required" || !tools.some(({ type }) => builtIn.has(String(type)))) return [];
  const msg =
    "Value error, Can't create an agent with 'tool_choice' set to 'required' and using built in connectors";
  return [complaint([], msg, body)];
}

function libraryComplaints(tool: JsonObject, at: number): Detail[] {
  const ids = isList(tool.library_ids) ? tool.library_ids : [];
  return ids.flatMap((id, nth) =>
    uuid.test(String(id))
      ? []
      : [complaint(["tools", at, "document_library", "library_ids", nth], "not a valid UUID", id)],
  );
}

function complaint(loc: readonly (string | number)[], msg: string, input: Json): Detail {
  return { type: "value_error", loc: ["body", ...loc], msg, input };
}
