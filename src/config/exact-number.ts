/** Whether JSON can hold a number as it is written: it is finite, and an integer keeps all its digits. */
export function isExactNumber(value: number, written: string): boolean {
  if (!Number.isFinite(value)) return false;
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return true;
  return !/^[-+]?\d+$/.test(written) || BigInt(written) === BigInt(value);
}
