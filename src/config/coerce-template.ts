import type { Scalar } from "./tree.ts";

/**
 * What a scalar says where a number is asked for: itself, or the number that a template's text reads as.
 * Text that a person wrote in quotes stays text.
 */
export function asNumber(scalar: Scalar): Scalar["value"] {
  const { value, fromTemplate } = scalar;
  if (!fromTemplate || typeof value !== "string") return value;
  if (!numberLike.test(value)) return value;
  const number = Number(value);
  return Number.isFinite(number) ? number : value;
}

/** A number as YAML 1.2 writes it; one from `vars` keeps its spelling. */
const numberLike = /^(?:[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|0o[0-7]+|0x[0-9a-fA-F]+)$/;

/** What a scalar says where a flag is asked for: itself, or the flag that a template's text reads as. */
export function asFlag({ value, fromTemplate }: Scalar): Scalar["value"] {
  return fromTemplate && (value === "true" || value === "false") ? value === "true" : value;
}
