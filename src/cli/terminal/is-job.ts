/** Whether this is a CI job: every build service sets CI. */
export function isJob(): boolean {
  const { CI } = process.env;
  return CI !== undefined && CI !== "" && CI !== "false" && CI !== "0";
}
