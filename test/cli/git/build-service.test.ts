import { expect, test } from "vitest";
import { buildJob } from "../../../src/cli/git/build-service.ts";

const commit = "0123456789abcdef0123456789abcdef01234567";

const jobs: readonly [string, Readonly<Record<string, string>>, string, string][] = [
  [
    "GitHub Actions",
    {
      GITHUB_ACTIONS: "true",
      GITHUB_SERVER_URL: "https://github.example.test",
      GITHUB_REPOSITORY: "acme/agents",
      GITHUB_RUN_ID: "77",
      GITHUB_ACTOR: "jo",
      GITHUB_SHA: commit,
    },
    "https://github.example.test/acme/agents/actions/runs/77",
    "jo",
  ],
  [
    "GitLab",
    {
      GITLAB_CI: "true",
      CI_JOB_URL: "https://gitlab.example.test/acme/agents/-/jobs/1",
      GITLAB_USER_LOGIN: "jo",
      CI_COMMIT_SHA: commit,
    },
    "https://gitlab.example.test/acme/agents/-/jobs/1",
    "jo",
  ],
  [
    "CircleCI",
    {
      CIRCLECI: "true",
      CIRCLE_BUILD_URL: "https://circleci.example.test/gh/acme/agents/9",
      CIRCLE_USERNAME: "jo",
      CIRCLE_SHA1: commit,
    },
    "https://circleci.example.test/gh/acme/agents/9",
    "jo",
  ],
  [
    "Jenkins, a multibranch pipeline",
    {
      JENKINS_URL: "https://jenkins.example.test/",
      BUILD_URL: "https://jo:hunter2@jenkins.example.test/job/agents/12/",
      CHANGE_AUTHOR: "jo",
      GIT_COMMIT: commit,
    },
    "https://jenkins.example.test/job/agents/12/",
    "jo",
  ],
  [
    "Azure Pipelines",
    {
      TF_BUILD: "True",
      SYSTEM_COLLECTIONURI: "https://dev.azure.example.test/acme/",
      SYSTEM_TEAMPROJECT: "AI agents",
      BUILD_BUILDID: "123",
      BUILD_REQUESTEDFOR: "Jo Doe",
      BUILD_SOURCEVERSION: commit,
    },
    "https://dev.azure.example.test/acme/AI%20agents/_build/results?buildId=123",
    "Jo Doe",
  ],
  [
    "Bitbucket Pipelines",
    {
      BITBUCKET_BUILD_NUMBER: "5",
      BITBUCKET_GIT_HTTP_ORIGIN: "http://bitbucket.example.test/acme/agents",
      BITBUCKET_STEP_TRIGGERER_UUID: "{0b1c}",
      BITBUCKET_COMMIT: commit,
    },
    "https://bitbucket.example.test/acme/agents/pipelines/results/5",
    "{0b1c}",
  ],
  [
    "Buildkite",
    {
      BUILDKITE: "true",
      BUILDKITE_BUILD_URL: "https://buildkite.example.test/acme/agents/builds/8",
      BUILDKITE_BUILD_CREATOR: "Jo",
      BUILDKITE_COMMIT: commit,
    },
    "https://buildkite.example.test/acme/agents/builds/8",
    "Jo",
  ],
];

test.each(jobs)("%s tells run, actor and commit", (_name, variables, run, actor) => {
  expect(buildJob((name) => variables[name])).toEqual({ run, actor, commit });
});

test.each(jobs)("%s that tells nothing more leaves it out", (_name, variables) => {
  const [sign = ""] = Object.keys(variables);
  const job = buildJob((name) => (name === sign ? variables[sign] : undefined));
  expect(JSON.stringify(job)).not.toContain("undefined");
  expect(job?.actor).toBeUndefined();
  expect(job?.commit).toBeUndefined();
});

test("no build service is none, and a commit is a commit", () => {
  expect(buildJob(() => undefined)).toBeUndefined();
  const variables: Record<string, string> = { BUILDKITE: "true", BUILDKITE_COMMIT: "HEAD" };
  expect(buildJob((name) => variables[name])?.commit).toBeUndefined();
});
