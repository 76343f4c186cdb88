/** What the emulator needs of a point in time; a `Date` is one. */
export type Instant = {
  readonly getTime: () => number;
  readonly toISOString: () => string;
};

/**
 * Makes the server's datetimes: microseconds and `Z`, as in the sample outputs of the Mistral documentation.
 * Stamps taken in one millisecond differ by 2 µs, so what happened later also reads later.
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
