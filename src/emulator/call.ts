import { unprocessable } from "./answers.ts";
import { boundedBody } from "./bounded-body.ts";
import { isObject, type Json, type JsonObject, parseJson } from "./json.ts";

/** A request with its body read and parsed. */
export type EmulatedCall = {
  /** The request; its body was already read. */
  readonly request: Request;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly text: string;
  /** The parsed body; undefined if it is missing or not JSON. */
  readonly body: Json | undefined;
};

/** Reads a whole request; undefined if its body is too large. */
export async function readCall(request: Request): Promise<EmulatedCall | undefined> {
  const { pathname, search } = new URL(request.url);
  const text = request.method === "GET" ? "" : await boundedBody(request);
  if (text === undefined) return undefined;
  return { request, method: request.method, path: pathname + search, text, body: parseJson(text) };
}

/** The body, which every operation of this API requires to be an object; throws 422 otherwise. */
export function objectBody({ text, body }: EmulatedCall): JsonObject {
  if (isObject(body)) return body;
  if (text === "") {
    throw unprocessable([{ type: "missing", loc: ["body"], msg: "Field required", input: null }]);
  }
  if (body === undefined) {
    throw unprocessable([
      { type: "json_invalid", loc: ["body", 0], msg: "JSON decode error", input: {} },
    ]);
  }
  throw unprocessable([
    {
      type: "model_attributes_type",
      loc: ["body"],
      msg: "Input should be a valid dictionary or object to extract fields from",
      input: body,
    },
  ]);
}
