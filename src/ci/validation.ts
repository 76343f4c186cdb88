import { isList, isObject, parsedJson } from "../agent/json.ts";

/** The result of `validate` for valid files. */
export type Validation = {
  /** Whether the chosen environment is ephemeral. */
  readonly isEphemeral: boolean;
  /** Variables that a plan needs and that are not set. */
  readonly unset: readonly string[];
};

/** The validation in a JSON document; undefined if it contains none. */
export function validationIn(text: string): Validation | undefined {
  const document = parsedJson(text);
  if (!isObject(document) || document.kind !== "validation") return undefined;
  const { ephemeral, unset } = document;
  return {
    isEphemeral: ephemeral === true,
    unset: isList(unset) ? unset.filter((name) => typeof name === "string") : [],
  };
}
