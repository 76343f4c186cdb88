/** Commands of the documentation that no test runs, each with the reason. Everything else is run. */
export const notRun: readonly { readonly command: RegExp; readonly reason: string }[] = [
  { command: /^npm ci && npm (run demo|test)/, reason: "CI runs these two themselves" },
  { command: /^\(cd path\/to/, reason: "a placeholder; test/package packs and installs" },
  { command: /^npm install /, reason: "a placeholder, or the registry; test/package installs" },
  { command: /^export MISTRAL_API_KEY=…/, reason: "a placeholder instead of the test's key" },
  { command: /^agentvane emulate/, reason: "serves until it is stopped; see test/scenarios" },
  {
    command: /^jq /,
    reason: "about a plan of the page's reader; run by test/ci/workflows.test.ts",
  },
  {
    command: /^(docker|kubectl) /,
    reason: "needs an engine or a cluster; test/kubernetes checks what can be checked without",
  },
  { command: /\| jq /, reason: "needs jq, which not every machine has" },
  {
    command: /^curl https:\/\/api\.mistral\.ai/,
    reason: "needs the network; test/scenarios/application.test.ts runs it against the emulator",
  },
  { command: /^agentvane import ag_\S+…/, reason: "ids that are cut short stand for any" },
  { command: /^AGENTVANE_SERVER_URL=\S+:8787 /, reason: "goes with an emulator that is not run" },
];

/** YAML in the documentation that is no agents.yaml, by a text in it. */
export const otherYaml: readonly { readonly holds: string; readonly reason: string }[] = [
  { holds: "uses: ./node_modules/agentvane", reason: "steps; run by test/ci/workflows.test.ts" },
  { holds: "uses: agentvane/agentvane@", reason: "a workflow; run by test/ci/workflows.test.ts" },
  { holds: "run: |", reason: "steps of a workflow; run by test/ci/workflows.test.ts" },
  { holds: "# .pre-commit-config.yaml", reason: "for pre-commit; see test/ci/release.test.ts" },
  { holds: "# kustomization.yaml", reason: "for kustomize; checked by test/kubernetes" },
  { holds: "# kubernetes/", reason: "for a cluster; checked by test/kubernetes" },
  { holds: "# .gitlab-ci.yml", reason: "a pipeline; checked by test/ci/gitlab.test.ts" },
];
