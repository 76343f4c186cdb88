import { patternTrouble } from "./pattern-trouble.ts";
import type { Trouble } from "./problem.ts";
import { referred, type Schema, type SchemaDefinitions } from "./schema.ts";
import { exampleFor } from "./schema-example.ts";
import { isOfType, shapesOf, valueFor } from "./schema-shape.ts";
import type { Place } from "./source-text.ts";
import {
  isNull,
  isUnset,
  type Mapping,
  memberOf,
  type Scalar,
  shapeOf,
  type Tree,
  textOf,
} from "./tree.ts";
import type { TroubleLog } from "./trouble-log.ts";

/** What checking needs: where to tell troubles, and what the schema refers to. */
export type Checking = Pick<TroubleLog, "tell" | "suggest"> & {
  readonly definitions: SchemaDefinitions;
};

/**
 * Tells where a tree does not follow a schema; each trouble at the value or the key that it is about. Stricter
 * than JSON Schema in that a required member may not be null, nor a required text blank.
 */
export function checkTree(checking: Checking, schema: Schema, tree: Tree): void {
  if (tree.kind === "broken" || isUnset(tree)) return;
  if (!isOfType(schema, tree)) {
    checking.tell(tree, {
      code: "wrong_type",
      expected: shapesOf(schema),
      found: shapeOf(tree),
      ...exampleFor(schema, tree),
    });
    return;
  }
  if (schema.$ref !== undefined) {
    checkTree(checking, referred(checking.definitions, schema.$ref), tree);
  }
  if (schema.if !== undefined) {
    const branch = follows(checking, schema.if, tree) ? schema.then : schema.else;
    if (branch !== undefined) checkTree(checking, branch, tree);
  }
  const choices = schema.const === undefined ? schema.enum : [schema.const];
  if (choices !== undefined && !choices.some((choice) => choice === saidBy(tree))) {
    const words = choices.filter((choice) => choice !== null).map(String);
    checking.tell(tree, quotedNumber(choices, tree) ?? choiceTrouble(checking, tree, words));
    return;
  }
  switch (tree.kind) {
    case "scalar":
      checkScalar(checking, schema, tree);
      break;
    case "list":
      if (tree.items.length < (schema.minItems ?? 0)) checking.tell(tree, { code: "empty_value" });
      for (const item of tree.items) checkTree(checking, schema.items ?? {}, item);
      break;
    case "map":
      checkMap(checking, schema, tree);
      break;
  }
}

function follows({ definitions }: Checking, test: Schema, tree: Tree): boolean {
  let told = false;
  const tell = () => {
    told = true;
  };
  checkTree({ definitions, tell, suggest: () => [] }, test, tree);
  return !told;
}

function checkScalar(checking: Checking, schema: Schema, scalar: Scalar): void {
  const value = valueFor(schema, scalar);
  if (typeof value === "number") {
    const { minimum, maximum } = schema;
    if (value >= (minimum ?? value) && value <= (maximum ?? value)) return;
    const bounds = {
      ...(minimum === undefined ? {} : { minimum }),
      ...(maximum === undefined ? {} : { maximum }),
    };
    checking.tell(scalar, { code: "out_of_range", found: value, ...bounds });
  } else if (typeof value === "string") {
    const { pattern } = schema;
    if (value.trim().length < (schema.minLength ?? 0)) {
      checking.tell(scalar, { code: "empty_value" });
    } else if (pattern !== undefined && !new RegExp(pattern).test(value)) {
      checking.tell(scalar, formTrouble(schema, scalar, pattern, value));
    }
  }
}

function formTrouble(schema: Schema, scalar: Scalar, pattern: string, value: string): Trouble {
  const trouble = patternTrouble(pattern, value, shapesOf(schema));
  const isForm = trouble.code === "bad_form" || trouble.code === "wrong_type";
  return isForm ? { ...trouble, ...exampleFor(schema, scalar) } : trouble;
}

/** What a scalar says; nothing that a choice could be for lists and maps. */
function saidBy(tree: Tree): Scalar["value"] | undefined {
  return tree.kind === "scalar" ? tree.value : undefined;
}

function choiceTrouble({ suggest }: Checking, tree: Tree, choices: readonly string[]): Trouble {
  const found = tree.kind === "scalar" ? String(tree.value) : tree.kind;
  return { code: "not_a_choice", found, choices, suggestions: suggest(found, choices) };
}

function checkMap(checking: Checking, schema: Schema, map: Mapping): void {
  for (const name of schema.required ?? []) {
    if (memberOf(map, name) === undefined) checking.tell(map, { code: "missing_key", name });
  }
  for (const [name, { key, value }] of map.members) {
    checkName(checking, schema, name, key);
    const member = ownProperty(schema, name) ?? schema.additionalProperties;
    if (member === false) checking.tell(key, unknownKey(checking, schema, name));
    else if (member !== undefined && !(isNull(value) && schema.required?.includes(name))) {
      checkTree(checking, member, value);
    }
  }
  if (map.members.size > (schema.maxProperties ?? map.members.size)) tellNotAlone(checking, map);
  if (schema.discriminator !== undefined) {
    checkCase(checking, schema.oneOf ?? [], schema.discriminator.propertyName, map);
  }
}

/** The schema of a named member; `constructor` and its like are names as any other. */
function ownProperty({ properties }: Schema, name: string): Schema | undefined {
  return properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
}

function checkName(checking: Checking, schema: Schema, name: string, key: Place): void {
  const pattern = schema.propertyNames?.pattern;
  if (pattern === undefined || new RegExp(pattern).test(name)) return;
  checking.tell(key, patternTrouble(pattern, name, []));
}

function unknownKey({ suggest, definitions }: Checking, schema: Schema, name: string): Trouble {
  const properties = Object.entries(schema.properties ?? {});
  const known = properties.map(([each]) => each);
  const under = properties.find(([, each]) => {
    const whole = each.$ref === undefined ? each : referred(definitions, each.$ref);
    return ownProperty(whole, name) !== undefined && name !== "file";
  })?.[0];
  const suggestions = under === undefined ? suggest(name, known) : [];
  return { code: "unknown_key", name, known, suggestions, ...(under !== undefined && { under }) };
}

/** A number in quotes is a text, which looks like the right choice. */
function quotedNumber(choices: NonNullable<Schema["enum"]>, tree: Tree): Trouble | undefined {
  const text = textOf(tree);
  const meant = choices.find((choice) => typeof choice === "number" && String(choice) === text);
  if (meant === undefined) return undefined;
  return { code: "wrong_type", expected: ["number"], found: "text", example: String(meant) };
}

/** `file` stands for all the rest, so nothing may stand beside it. */
function tellNotAlone({ tell }: Checking, map: Mapping): void {
  const other = [...map.members.keys()].find((name) => name !== "file") ?? "";
  tell(map.members.get("file")?.key ?? map, { code: "not_together", name: "file", other });
}

function checkCase(checking: Checking, cases: readonly Schema[], by: string, map: Mapping): void {
  const tag = memberOf(map, by);
  if (tag === undefined || tag.kind === "broken") return;
  const found = textOf(tag);
  const chosen = cases.find((one) => one.properties?.[by]?.const === found);
  if (chosen !== undefined && found !== undefined) checkTree(checking, chosen, map);
  else {
    const tags = cases.map((one) => one.properties?.[by]?.const ?? "");
    checking.tell(tag, choiceTrouble(checking, tag, tags));
  }
}
