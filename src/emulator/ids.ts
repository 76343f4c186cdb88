import type { Instant } from "./stamps.ts";

/** The sources of new ids: time and random bytes. */
export type IdSources = {
  readonly now: () => Instant;
  readonly randomBytes: (count: number) => Uint8Array;
};

/** A UUID of version 7: 48 bits of time, then random bits. */
export function newUuid({ now, randomBytes }: IdSources): string {
  const time = now().getTime().toString(16).padStart(12, "0").slice(-12);
  const chance = hex(randomBytes(10)).slice(1);
  const variant = "89ab".charAt(Number.parseInt(chance.charAt(3), 16) & 3);
  return [
    time.slice(0, 8),
    time.slice(8),
    `7${chance.slice(0, 3)}`,
    `${variant}${chance.slice(4, 7)}`,
    chance.slice(7, 19),
  ].join("-");
}

/** An agent id: `ag_` and a UUID without dashes, as in the sample outputs of the Mistral documentation. */
export function newAgentId(sources: IdSources): string {
  return `ag_${newUuid(sources).replaceAll("-", "")}`;
}

/** The id of a conversation or of one of its entries: a prefix for its type, and a UUID without dashes. */
export function newPrefixedId(prefix: string, sources: IdSources): string {
  return `${prefix}_${newUuid(sources).replaceAll("-", "")}`;
}

/** The id of a tool call: 9 letters and digits, as in recorded answers. */
export function newToolCallId({ randomBytes }: IdSources): string {
  const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  return Array.from(randomBytes(9), (byte) => letters.charAt(byte % letters.length)).join("");
}

/** A request id, as the gateway in front of the API gives it. */
export function newRequestId({ randomBytes }: IdSources): string {
  return hex(randomBytes(16));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
