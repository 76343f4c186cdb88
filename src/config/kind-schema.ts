import type { Kind, Property } from "../agent/property.ts";
import { labelPattern, orTemplate, templatePattern } from "./patterns.ts";
import { requiring, type Schema } from "./schema.ts";
import { filled, shared } from "./shared-schemas.ts";
import { bareToolTypes, handoffRows } from "./written-agent.ts";

/** What a schema allows and requires. */
export type SchemaOptions = {
  /** Files as written, where a template may stand for a number, a flag or a word. */
  readonly templates: boolean;
  /** Objects that are whole where they stand: nothing fills in what they leave out. */
  readonly whole: boolean;
};

/** What a person writes: defaults may fill in members of maps, though not inside lists. */
export const asWritten: SchemaOptions = { templates: true, whole: false };

/** What comes out when templates, files and defaults are filled in. */
export const asResolved: SchemaOptions = { templates: false, whole: true };

/** The JSON Schema of a property, with what editors show. */
export function propertySchema(row: Property, options: SchemaOptions): Schema {
  return {
    title: row.name,
    description: row.doc,
    ...kindSchema(row.kind, options),
    ...(row.examples === undefined ? {} : { examples: row.examples }),
  };
}

/** The JSON Schemas of the properties of these rows, by name. */
export function propertySchemas(
  rows: readonly Property[],
  options: SchemaOptions,
): { readonly [name: string]: Schema } {
  return Object.fromEntries(rows.map((row) => [row.name, propertySchema(row, options)]));
}

/** The JSON Schema of a value of a kind; null is the same as absent. */
function kindSchema(kind: Kind, options: SchemaOptions): Schema {
  switch (kind.kind) {
    case "text":
      return textSchema(kind, options);
    case "prose":
      return shared("text");
    case "secret":
      return { ...shared("text"), ...filled };
    case "number":
      return numberSchema(kind, options);
    case "flag":
      return options.templates ? shared("flag") : { type: ["boolean", "null"] };
    case "choice":
      return choiceSchema(kind.of, options);
    case "texts":
      return { type: ["string", "array", "null"], items: { type: "string" } };
    case "set":
      return {
        ...shared("texts"),
        ...(kind.minItems === undefined ? {} : { minItems: kind.minItems }),
      };
    case "list":
      return { type: ["array", "null"], items: itemSchema(kind.of, options) };
    case "record":
      return { type: ["object", "null"], ...recordSchema(kind.rows, options) };
    case "variant":
      return {
        type: ["object", "null"],
        ...when({ type: "object" }, variantSchema(kind, options)),
      };
    case "toolbox":
      return { type: ["array", "null"], items: toolSchema(kind.of, options) };
    case "json":
      return { type: ["object", "null"] };
    case "labels":
      return { type: ["object", "null"], propertyNames: { pattern: labelPattern } };
    case "handoffs":
      return { type: ["array", "null"], items: handoffSchema };
  }
}

function textSchema(kind: Kind & { readonly kind: "text" }, { templates }: SchemaOptions): Schema {
  const { minLength, pattern } = kind;
  return {
    ...shared("text"),
    ...(minLength === undefined ? {} : filled),
    ...(pattern === undefined ? {} : { pattern: templates ? orTemplate(pattern) : pattern }),
  };
}

function numberSchema(
  kind: Kind & { readonly kind: "number" },
  { templates }: SchemaOptions,
): Schema {
  const type = kind.integer ? "integer" : "number";
  const { minimum, maximum } = kind;
  return {
    ...(templates ? shared(type) : { type: [type, "null"] }),
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
  };
}

function choiceSchema(choices: readonly string[], { templates }: SchemaOptions): Schema {
  const words: Schema = { enum: [...choices, null] };
  return templates ? when({ type: "string", pattern: templatePattern }, {}, words) : words;
}

const handoffSchema: Schema = {
  type: ["string", "object"],
  ...requiring(["id"], {
    properties: Object.fromEntries(
      handoffRows.map(({ name, doc }) => [
        name,
        { type: "string", ...filled, title: name, description: doc },
      ]),
    ),
  }),
  additionalProperties: false,
};

/** The members of an object in any order, or `file` alone. */
function recordSchema(rows: readonly Property[], options: SchemaOptions): Schema {
  const properties = { ...propertySchemas(rows, options), file: shared("file") };
  const required = options.whole ? requiredOf(rows) : [];
  return {
    properties: requiring(required, { properties }).properties ?? {},
    additionalProperties: false,
    ...when(requiring(["file"]), { maxProperties: 1 }, options.whole ? { required } : {}),
  };
}

function toolSchema(kind: Kind & { readonly kind: "variant" }, options: SchemaOptions): Schema {
  return {
    type: ["string", "object"],
    ...when({ type: "string" }, { enum: bareToolTypes }, variantSchema(kind, options)),
    examples: bareToolTypes,
  };
}

/** One case by its tag, or `file` alone. */
function variantSchema(kind: Kind & { readonly kind: "variant" }, options: SchemaOptions): Schema {
  const cases = Object.entries(kind.cases).map(([tag, rows]) =>
    requiring([kind.by, ...requiredOf(rows)], {
      type: "object",
      title: tag,
      properties: {
        [kind.by]: { const: tag },
        ...propertySchemas(rows, { ...options, whole: true }),
      },
      additionalProperties: false,
    }),
  );
  const tag: Schema = { description: "Which one it is.", enum: Object.keys(kind.cases) };
  return {
    type: "object",
    ...when(
      requiring(["file"]),
      { properties: { file: shared("file") }, maxProperties: 1 },
      requiring([kind.by], {
        properties: { [kind.by]: tag },
        discriminator: { propertyName: kind.by },
        oneOf: cases,
      }),
    ),
  };
}

function requiredOf(rows: readonly Property[]): readonly string[] {
  return rows.filter((row) => row.unset === undefined).map((row) => row.name);
}

/** Lists are replaced as a whole, so their items must be whole; and an item is never null. */
function itemSchema(kind: Kind, options: SchemaOptions): Schema {
  const { type, ...schema } = kindSchema(kind, { ...options, whole: true });
  if (type === undefined || typeof type === "string") return { ...schema, ...(type && { type }) };
  return { type: type.filter((name) => name !== "null"), ...schema };
}

/** What holds for the values that pass a test, and what for the others. */
function when(test: Schema, holds: Schema, otherwise: Schema = {}): Schema {
  const branches: readonly (readonly [string, Schema])[] = [
    ["then", holds],
    ["else", otherwise],
  ];
  const saying = branches.filter(([, branch]) => Object.keys(branch).length > 0);
  return Object.fromEntries([["if", test], ...saying]);
}
