import { isList, isObject, type Json, type JsonObject, objectOf } from "../agent/json.ts";
import { agentDefinitions } from "./agent-schema.ts";
import { includedFileSchema, writtenFileSchema } from "./file-schema.ts";
import { templatePattern } from "./patterns.ts";
import { refTo, type Schema } from "./schema.ts";

/** The schemas that editors read, by the name of their file. */
export const editorSchemas: { readonly [name: string]: JsonObject } = {
  agents: shipped("agentvane", writtenFileSchema),
  include: shipped("agentvane-include", includedFileSchema),
  "front-matter": shipped("agentvane-front-matter", {
    title: "front matter",
    description: "One agent: the definition; the text below the front matter is its instructions.",
    ...refTo("agent"),
  }),
};

/** A schema as a document of its own. Its address is the one under which SchemaStore serves schemas of that name. */
function shipped(name: string, schema: Schema): JsonObject {
  const document = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: `https://json.schemastore.org/${name}.json`,
    ...schema,
    $defs: agentDefinitions,
  };
  return forEditors(document as unknown as JsonObject) as JsonObject;
}

/**
 * The same schema without conditions where alternatives say it: editors offer what stands under `anyOf`, and nothing
 * of what stands under `if`. Exactly the same values are valid.
 */
function forEditors(schema: Json): Json {
  if (isList(schema)) return schema.map(forEditors);
  if (!isObject(schema)) return schema;
  const members = Object.entries(schema).map(([name, each]): [string, Json] => [
    name,
    name === "examples" && isList(each) ? each.filter((one) => !isObject(one)) : forEditors(each),
  ]);
  const whole = objectOf(members.filter(([name, each]) => !isEmptyList(name, each)));
  const { if: test, then: holds, else: otherwise, ...rest } = whole;
  if (!isObject(test)) return whole;
  const said = withoutCondition(test, holds, otherwise);
  return said === undefined ? whole : { ...rest, ...said };
}

/** Examples that are maps are offered as "[object Object]", so there are none of them. */
function isEmptyList(name: string, value: Json): boolean {
  return name === "examples" && isList(value) && value.length === 0;
}

/** What a condition says, as alternatives; undefined where it says something else than the cases here. */
function withoutCondition(
  test: JsonObject,
  holds: Json | undefined,
  otherwise: Json | undefined,
): JsonObject | undefined {
  // A word, or a template that becomes one.
  if (test.pattern === templatePattern && isObject(otherwise)) return { anyOf: [otherwise, test] };
  // One case by its tag, or the file that holds it.
  if (isObject(otherwise) && isList(otherwise.oneOf) && isObject(holds)) {
    const cases = otherwise.oneOf.filter(isObject);
    const file = { type: "object", title: "file", ...test, ...holds };
    return { properties: otherwise.properties ?? {}, anyOf: [...cases, file] };
  }
  // A bare type, or what says more; an object, or nothing.
  if (test.type === "string" && isObject(holds) && isObject(otherwise) && isList(otherwise.anyOf)) {
    const { properties = {}, anyOf } = otherwise;
    return { properties, anyOf: [...anyOf, { ...test, ...holds }] };
  }
  if (test.type === "object" && isObject(holds) && isList(holds.anyOf) && otherwise === undefined) {
    const { properties = {}, anyOf } = holds;
    return { properties, anyOf: [...anyOf, { type: "null" }] };
  }
  return undefined;
}
