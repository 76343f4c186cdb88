import { filledPattern, templatePattern } from "./patterns.ts";
import { refTo, requiring, type Schema, type SchemaDefinitions } from "./schema.ts";

/** Of texts: more than blanks. */
export const filled = { pattern: filledPattern } as const satisfies Schema;

/** What stands in many places of a file, once, by the names that other schemas refer to. */
export const sharedSchemas = {
  file: {
    type: "string",
    ...filled,
    title: "file",
    description: "A file whose contents stand here; its path is relative to this file.",
    examples: ["prompts/triage.md"],
  },
  text: {
    type: ["string", "object", "null"],
    ...requiring(["file"], { properties: { file: refTo("file") } }),
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
