/**
 * Whether output to a stream is coloured. A flag overrides variables, "no" overrides "yes", and by default only a
 * terminal that supports colours gets them. The variables are those of no-color.org, force-color.org and
 * bixense.com/clicolors.
 */
export function wantsColour(
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
  isForbidden: boolean,
): boolean {
  const { NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, CLICOLOR, TERM } = env;
  if (isForbidden || isGiven(NO_COLOR)) return false;
  if (isGiven(FORCE_COLOR)) return !isOff(FORCE_COLOR);
  if (isGiven(CLICOLOR_FORCE) && !isOff(CLICOLOR_FORCE)) return true;
  return isTerminal && TERM !== "dumb" && CLICOLOR !== "0";
}

function isGiven(value: string | undefined): value is string {
  return value !== undefined && value !== "";
}

function isOff(value: string): boolean {
  return value === "0" || value === "false";
}
