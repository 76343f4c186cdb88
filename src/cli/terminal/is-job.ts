/** Whether this is a job of a build service, as they all say. */
export function isJob(): boolean {
  const { CI } = process.env;
  return CI !== undefined && CI !== "" && CI !== "false" && CI !== "0";
}
