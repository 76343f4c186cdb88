import { aliasPattern } from "../agent/identity.ts";
import type { Property } from "../agent/property.ts";
import { asResolved, asWritten, propertySchema, type SchemaOptions } from "./kind-schema.ts";
import { aliasTargetPattern, orTemplate } from "./patterns.ts";
import { refTo, requiring, type Schema, type SchemaDefinitions } from "./schema.ts";
import { sharedSchemas } from "./shared-schemas.ts";
import { agentRows, ownMembers } from "./written-agent.ts";

/** The schemas that `agent` and `defaults` in a file refer to, and these two themselves. */
export const agentDefinitions: SchemaDefinitions = {
  agent: {
    type: ["object", "null"],
    properties: refsTo(agentRows),
    additionalProperties: false,
  },
  defaults: {
    title: "defaults",
    description: "Merged under every agent: maps merge, lists and scalars are replaced.",
    type: ["object", "null"],
    properties: refsTo(agentRows.filter((row) => !ownMembers.has(row.name))),
    additionalProperties: false,
  },
  ...Object.fromEntries(agentRows.map((row) => [nameOf(row), memberSchema(row, asWritten)])),
  ...sharedSchemas,
};

/** An agent when templates, files and defaults are filled in. */
export const resolvedAgentSchema: Schema = requiring(
  agentRows.filter((row) => row.unset === undefined).map((row) => row.name),
  {
    type: "object",
    properties: Object.fromEntries(
      agentRows.map((row) => [row.name, memberSchema(row, asResolved)]),
    ),
    additionalProperties: false,
  },
);

function refsTo(rows: readonly Property[]): { readonly [name: string]: Schema } {
  return Object.fromEntries(rows.map((row) => [row.name, refTo(nameOf(row))]));
}

function nameOf(row: Property): string {
  return `agent.${row.name}`;
}

function memberSchema(row: Property, options: SchemaOptions): Schema {
  const schema = propertySchema(row, options);
  return row.name === "aliases" ? { ...schema, ...aliasesSchema(options) } : schema;
}

function aliasesSchema({ templates }: SchemaOptions): Schema {
  const withTemplates = (pattern: string) => (templates ? orTemplate(pattern) : pattern);
  return {
    type: ["array", "object", "null"],
    items: { type: "string", pattern: withTemplates(aliasPattern) },
    propertyNames: { pattern: aliasPattern },
    additionalProperties: {
      type: ["integer", "string", "null"],
      minimum: 0,
      pattern: withTemplates(aliasTargetPattern),
      examples: ["latest", 12, null],
    },
  };
}
