/** Whether one more request may be answered now. */
export type RateLimit = (perSecond: number | null) => boolean;

/** Counts the requests of the last second that were answered. */
export function createRateLimit(milliseconds: () => number): RateLimit {
  let admitted: readonly number[] = [];
  return (perSecond) => {
    if (perSecond === null) return true;
    const now = milliseconds();
    admitted = admitted.filter((at) => now - at < 1000);
    if (admitted.length >= perSecond) return false;
    admitted = [...admitted, now];
    return true;
  };
}
