import type { Detail } from "./answers.ts";
import type {
  CompiledSchema,
  Keyword,
  KeywordParams,
  SchemaError,
  SchemaPart,
} from "./compiled-schema.ts";
import type { conversationSchemas } from "./conversation-schemas.ts";
import { append, create, definitions, restart, start, update } from "./generated/schemas.js";
import { isList, isObject, type Json, type JsonObject } from "./json.ts";
import type { requestSchemas } from "./request-schemas.ts";

/** The kinds of request bodies. */
export type BodyKind = keyof typeof requestSchemas | keyof typeof conversationSchemas;

const compiled: Readonly<Record<BodyKind, CompiledSchema>> = {
  append,
  create,
  restart,
  start,
  update,
};

/** Validates request bodies; an empty list means that the body is valid. */
export type Validator = (kind: BodyKind, body: JsonObject) => readonly Detail[];

/**
 * Makes a validator that answers with pydantic's messages, as the API does. Tools of a type for which `isNewerTool`
 * holds are not checked.
 */
export function createValidator(isNewerTool: (type: string) => boolean): Validator {
  return (kind, body) => {
    const validate = compiled[kind];
    if (validate(withoutNewerTools(body, isNewerTool))) return [];
    return (validate.errors ?? []).map((error) => detailOf(error, body));
  };
}

function withoutNewerTools(body: JsonObject, isNewerTool: (type: string) => boolean): JsonObject {
  if (!isList(body.tools)) return body;
  const isNewer = (tool: Json) => isObject(tool) && isNewerTool(String(tool.type));
  return {
    ...body,
    tools: body.tools.map((tool) => (isNewer(tool) ? { type: "web_search" } : tool)),
  };
}

type Words = Pick<Detail, "type" | "msg" | "ctx"> & {
  /** The member of the failing object that the error is about. */
  readonly member?: string;
};

function detailOf(error: SchemaError, body: JsonObject): Detail {
  const { member, ...words } = wordsFor(error);
  const data = error.data as Json;
  const isAboutMember = member !== undefined && error.keyword === "additionalProperties";
  const path = error.instancePath.split("/").slice(1).map(unescapePointer);
  const steps = member === undefined ? path : [...path, member];
  return {
    ...words,
    loc: ["body", ...locate(steps, body)],
    input: isAboutMember && isObject(data) ? (data[member] ?? null) : data,
  };
}

function wordsFor<K extends Keyword>({ keyword, params, parentSchema }: SchemaError<K>): Words {
  return words[keyword](params, parentSchema);
}

const words: {
  readonly [K in Keyword]: (params: KeywordParams[K], parent: SchemaPart) => Words;
} = {
  required: ({ missingProperty }) => ({
    type: "missing",
    msg: "Field required",
    member: missingProperty,
  }),
  additionalProperties: ({ additionalProperty }) => ({
    type: "extra_forbidden",
    msg: "Extra inputs are not permitted",
    member: additionalProperty,
  }),
  type: ({ type }) =>
    typeWords[String([type].flat()[0])] ?? { type: "value_error", msg: "Invalid" },
  enum: ({ allowedValues }) => oneOfWords("enum", allowedValues),
  const: ({ allowedValue }) => oneOfWords("literal_error", [allowedValue]),
  minimum: ({ limit }) => ({
    type: "greater_than_equal",
    msg: `Input should be greater than or equal to ${limit}`,
    ctx: { ge: limit },
  }),
  maximum: ({ limit }) => ({
    type: "less_than_equal",
    msg: `Input should be less than or equal to ${limit}`,
    ctx: { le: limit },
  }),
  minItems: ({ limit }) => ({
    type: "too_short",
    msg: `List should have at least ${limit} item after validation, not 0`,
    ctx: { field_type: "List", min_length: limit, actual_length: 0 },
  }),
  maxLength: ({ limit }) => ({
    type: "string_too_long",
    msg: `String should have at most ${limit} characters`,
    ctx: { max_length: limit },
  }),
  discriminator: ({ error, tag, tagValue }, parent) =>
    error === "tag"
      ? {
          type: "union_tag_not_found",
          msg: `Unable to extract tag using discriminator '${tag}'`,
          ctx: { discriminator: `'${tag}'` },
        }
      : {
          type: "union_tag_invalid",
          msg: `Input tag '${tagValue}' found using '${tag}' does not match any of the expected tags: ${tagsOf(parent)}`,
          ctx: { discriminator: `'${tag}'`, tag: String(tagValue) },
        },
};

const typeWords: Readonly<Record<string, Words>> = {
  string: { type: "string_type", msg: "Input should be a valid string" },
  integer: { type: "int_type", msg: "Input should be a valid integer" },
  number: { type: "float_type", msg: "Input should be a valid number" },
  boolean: { type: "bool_type", msg: "Input should be a valid boolean" },
  array: { type: "list_type", msg: "Input should be a valid list" },
  object: { type: "dict_type", msg: "Input should be a valid dictionary" },
};

function tagsOf({ oneOf = [] }: SchemaPart): string {
  return oneOf.map((variant) => `'${whole(variant).properties?.type?.const}'`).join(", ");
}

function whole(part: SchemaPart): SchemaPart {
  const name = part.$ref?.slice("#/$defs/".length);
  return name === undefined ? part : whole(definitions[name] ?? {});
}

function oneOfWords(type: string, values: readonly unknown[]): Words {
  const quoted = values.filter((value) => value !== null).map((value) => `'${value}'`);
  const last = quoted.at(-1) ?? "";
  const listed = quoted.length > 1 ? `${quoted.slice(0, -1).join(", ")} or ${last}` : last;
  return { type, msg: `Input should be ${listed}`, ctx: { expected: listed } };
}

/** pydantic writes list indexes as numbers, and adds the tag of a tagged variant as a step. */
function locate(steps: readonly string[], body: JsonObject): (string | number)[] {
  let value: Json | undefined = body;
  return steps.flatMap((step, at) => {
    const inside: Json | undefined = isList(value) ? value[Number(step)] : memberOf(value, step);
    const located: string | number = isList(value) ? Number(step) : step;
    value = inside;
    const isLast = at === steps.length - 1;
    const isTagged = (steps[0] === "tools" && at === 1) || step === "authorization";
    const tag = memberOf(inside, "type");
    return isTagged && !isLast && typeof tag === "string" ? [located, tag] : [located];
  });
}

function memberOf(value: Json | undefined, name: string): Json | undefined {
  return isObject(value) ? value[name] : undefined;
}

function unescapePointer(step: string): string {
  return step.replaceAll("~1", "/").replaceAll("~0", "~");
}
