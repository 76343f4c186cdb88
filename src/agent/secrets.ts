import { isList, isObject, type Json } from "./json.ts";

/** Whether a definition holds a secret anywhere: such a one is told by its reference alone. */
export function holdsSecret(value: Json): boolean {
  if (isList(value)) return value.some(holdsSecret);
  if (!isObject(value)) return false;
  return isSecretRef(value.value) || Object.values(value).some(holdsSecret);
}

function isSecretRef(value: Json | undefined): boolean {
  return isObject(value) && typeof value.secret === "string" && Object.keys(value).length === 1;
}
