import { templatePattern } from "./patterns.ts";
import { refTo, type SchemaDefinitions } from "./schema.ts";

/** What stands in many places of a file, once, by the names that other schemas refer to. */
export const sharedSchemas = {
  file: {
    type: "string",
    minLength: 1,
    title: "file",
    description: "A file whose contents stand here; its path is relative to this file.",
    examples: ["prompts/triage.md"],
  },
  text: {
    type: ["string", "object", "null"],
    properties: { file: refTo("file") },
    required: ["file"],
    additionalProperties: false,
  },
  texts: { type: ["array", "null"], items: { type: "string" } },
  number: { type: ["number", "string", "null"], pattern: templatePattern },
  integer: { type: ["integer", "string", "null"], pattern: templatePattern },
  flag: { type: ["boolean", "string", "null"], pattern: templatePattern },
} as const satisfies SchemaDefinitions;

/** A reference to one of the shared schemas. */
export function shared(name: keyof typeof sharedSchemas): { readonly $ref: string } {
  return { $ref: `#/$defs/${name}` };
}
