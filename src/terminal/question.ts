/** What is asked below a plan. */
export type Question = {
  readonly text: string;
  /** What has to be typed for a yes; anything else is a no. */
  readonly yes: string;
};
