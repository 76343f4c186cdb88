import type { Check } from "../agent/check.ts";
import type { ValidateJson } from "../apply/judge-conversation.ts";
import type { Problem } from "../config/problem.ts";

/**
 * Validates with the JSON Schemas of checks (draft 2020-12). The library is loaded only if there is one, because most
 * configurations have none.
 */
export async function jsonValidator(checks: readonly Check[]): Promise<ValidateJson> {
  if (!checks.some(({ expect }) => expect.jsonSchema !== undefined)) return () => [];
  const compile = await schemaCompiler();
  return (schema, value) => compile(schema)(value);
}

/** Problems of the JSON Schemas of checks themselves. */
export async function jsonSchemaProblems(checks: readonly Check[]): Promise<readonly Problem[]> {
  const schemas = checks.flatMap(({ expect }) => expect.jsonSchema ?? []);
  if (schemas.length === 0) return [];
  const compile = await schemaCompiler();
  return schemas.flatMap(({ schema, at }): readonly Problem[] => {
    try {
      compile(schema);
      return [];
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return [{ code: "bad_json_schema", reason, at }];
    }
  });
}

/** Loaded only if there is a schema. */
async function schemaCompiler() {
  return (await import("./compile-json-schema.ts")).compileJsonSchema;
}
