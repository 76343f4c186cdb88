/** What a build service says about the current job; undefined if it does not say. */
export type BuildJob = {
  /** The URL of the run. */
  readonly run: string | undefined;
  /** The user who started it. */
  readonly actor: string | undefined;
  readonly commit: string | undefined;
};

/** A variable of the job; undefined if unset or empty. */
type Ask = (name: string) => string | undefined;

type BuildService = {
  /** A variable that this service always sets. */
  readonly sign: string;
  readonly run: (ask: Ask) => string | undefined;
  readonly actor: readonly string[];
  readonly commit: string;
};

/** The documented variables of build services. */
const services: { readonly [name: string]: BuildService } = {
  github: {
    sign: "GITHUB_ACTIONS",
    run: (ask) => {
      const [server, repository] = [ask("GITHUB_SERVER_URL"), ask("GITHUB_REPOSITORY")];
      const number = ask("GITHUB_RUN_ID");
      return number === undefined ? undefined : `${server}/${repository}/actions/runs/${number}`;
    },
    actor: ["GITHUB_ACTOR"],
    commit: "GITHUB_SHA",
  },
  gitlab: {
    sign: "GITLAB_CI",
    run: (ask) => ask("CI_JOB_URL"),
    actor: ["GITLAB_USER_LOGIN"],
    commit: "CI_COMMIT_SHA",
  },
  circleci: {
    sign: "CIRCLECI",
    run: (ask) => ask("CIRCLE_BUILD_URL"),
    actor: ["CIRCLE_USERNAME", "CIRCLE_PR_USERNAME"],
    commit: "CIRCLE_SHA1",
  },
  buildkite: {
    sign: "BUILDKITE",
    run: (ask) => ask("BUILDKITE_BUILD_URL"),
    actor: ["BUILDKITE_BUILD_CREATOR", "BUILDKITE_BUILD_AUTHOR"],
    commit: "BUILDKITE_COMMIT",
  },
  azure: {
    sign: "TF_BUILD",
    run: (ask) => {
      const server = ask("SYSTEM_COLLECTIONURI") ?? ask("SYSTEM_TEAMFOUNDATIONCOLLECTIONURI");
      const [project, build] = [ask("SYSTEM_TEAMPROJECT"), ask("BUILD_BUILDID")];
      if (server === undefined || project === undefined || build === undefined) return undefined;
      const place = `${server.replace(/\/$/, "")}/${encodeURIComponent(project)}`;
      return `${place}/_build/results?buildId=${build}`;
    },
    actor: ["BUILD_REQUESTEDFOR"],
    commit: "BUILD_SOURCEVERSION",
  },
  bitbucket: {
    sign: "BITBUCKET_BUILD_NUMBER",
    run: (ask) => {
      const repository = ask("BITBUCKET_GIT_HTTP_ORIGIN")?.replace(/^http:/, "https:");
      const number = ask("BITBUCKET_BUILD_NUMBER");
      return repository === undefined ? undefined : `${repository}/pipelines/results/${number}`;
    },
    // Only an id: Bitbucket gives no name.
    actor: ["BITBUCKET_STEP_TRIGGERER_UUID"],
    commit: "BITBUCKET_COMMIT",
  },
  // Last, because jobs of other services set BUILD_URL too.
  jenkins: {
    sign: "JENKINS_URL",
    run: (ask) => ask("BUILD_URL"),
    // The first one with the plugin "build user vars", the second one in a multibranch pipeline.
    actor: ["BUILD_USER_ID", "CHANGE_AUTHOR"],
    commit: "GIT_COMMIT",
  },
};

/** What the build service says, if the run is a job of a known one. */
export function buildJob(ask: Ask): BuildJob | undefined {
  const service = Object.values(services).find(({ sign }) => ask(sign) !== undefined);
  if (service === undefined) return undefined;
  const commit = ask(service.commit);
  return {
    run: withoutUser(service.run(ask)),
    actor: service.actor.flatMap((name) => ask(name) ?? [])[0],
    // Buildkite's value is HEAD if no commit was named.
    commit:
      commit !== undefined && /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(commit) ? commit : undefined,
  };
}

/** A URL without the user and password that a git URL may contain. */
function withoutUser(address: string | undefined): string | undefined {
  return address?.replace(/^(https?:\/\/)[^/@]*@/, "$1");
}
