// The page about exit codes: one row per code, in the words that help uses too.

/** The whole page, from the rows of `src/report/exit-meanings.ts`. */
export function exitCodesPage(exitMeanings) {
  const rows = Object.entries(exitMeanings).map(
    ([code, { cases, advice }]) => `| ${code} | ${cases} | ${advice} |`,
  );
  return `<!-- Written by "npm run generate" from src/report/exit-meanings.ts. Do not edit. -->
# Exit codes

| code | meaning | what to do |
|---|---|---|
${rows.join("\n")}

Where several apply: 6 before 129, 130 and 143, these before 4, 4 before 5. A refusal beats 2. [problems.md](problems.md) has
every error with its words.
`;
}
