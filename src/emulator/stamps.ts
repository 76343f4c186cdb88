/** The part of `Date` that the emulator uses. */
export type Instant = {
  readonly getTime: () => number;
  readonly toISOString: () => string;
};

/**
 * Makes the server's timestamps: microseconds and `Z`, as in the sample outputs of the Mistral documentation.
 * Timestamps of the same millisecond differ by 2 µs, so that later events always have later timestamps.
 */
export function createStamps(now: () => Instant): () => string {
  let lastMillisecond = "";
  let microsecond = 0;
  return () => {
    const millisecond = now().toISOString().slice(0, -1);
    microsecond = millisecond === lastMillisecond ? Math.min(microsecond + 2, 998) : 0;
    lastMillisecond = millisecond;
    return `${millisecond}${String(microsecond).padStart(3, "0")}Z`;
  };
}
