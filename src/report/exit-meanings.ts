import type { ExitCode } from "./exit-code.ts";

/** The meaning of an exit code: in a few words, with all its cases, and what to do. */
export type ExitMeaning = {
  readonly brief: string;
  readonly cases: string;
  readonly advice: string;
};

/** The meanings of all exit codes, for the help of each command and docs/exit-codes.md. */
export const exitMeanings: { readonly [Code in ExitCode]: ExitMeaning } = {
  0: {
    brief: "done, with or without changes",
    cases: "done, with or without changes",
    advice: "",
  },
  1: {
    brief: "failed before anything was written",
    cases:
      "failed before anything was written: network, server, key refused, a list that could not be read completely, a shallow clone, or a git repository that cannot be read, so agentvane cannot tell whether a newer commit was applied",
    advice: "try again; the message names the request",
  },
  2: {
    brief:
      "check: one failed; output --check: out of date; with --detailed-exitcode: changes, or drift",
    cases:
      "a check of `check` failed; `output --check` found the file out of date; with `--detailed-exitcode`: `plan` has changes, `drift` found drift",
    advice: "",
  },
  3: {
    brief: "refused by a rule; nothing was written",
    cases:
      "refused by a rule before anything was written: invalid configuration, missing key or variable, protection, limit, name collision, an agent that looks renamed, unknown id or version, declined prompt, `init` over a file",
    advice: "the message says what to change",
  },
  4: {
    brief: "the server changed meanwhile: review, then plan again",
    cases:
      "the server is not as expected: two agents with the same tags, an outside edit or pointer move that was not approved, a saved plan that is stale or was altered, a write between plan and apply, an alias that moved meanwhile, a newer commit that was applied before",
    advice: "review what changed, then plan again",
  },
  5: {
    brief: "failed after the first write; all pointers are as they were",
    cases: "failed after the first write; aliases and default versions are as they were",
    advice: "fix the cause, then apply again",
  },
  6: {
    brief: "failed and could not be reverted; the output names each repair",
    cases:
      "failed and could not be reverted, or could not delete; the output and the report name each repair",
    advice: "follow the repair, apply again",
  },
  64: {
    brief: "the command line is not valid",
    cases: "the command line is not valid",
    advice: "the message names the flag",
  },
  129: {
    brief: "interrupted by SIGHUP, after reverting",
    cases:
      "interrupted by SIGHUP (a closed terminal, a lost connection), after finishing work in flight and reverting; not after `nohup`",
    advice: "apply again",
  },
  130: {
    brief: "interrupted by SIGINT, after reverting",
    cases:
      "interrupted by SIGINT (Ctrl-C), after finishing work in flight and reverting; a second Ctrl-C exits at once",
    advice: "apply again",
  },
  143: {
    brief: "interrupted by SIGTERM, after reverting",
    cases: "interrupted by SIGTERM, in the same way",
    advice: "apply again",
  },
};
