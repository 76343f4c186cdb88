/** What the page of problems says of one code: an example of it, and what the words in the output do not say. */
export type Entry<Sample> = {
  readonly sample: Sample;
  readonly advice: string;
  /** Only where the event by itself does not tell. */
  readonly exit?: string;
};
