import type { ApiFailure } from "../../src/agent/api-error.ts";
import type { AgentId, AgentKey, AliasName, Version } from "../../src/agent/identity.ts";
import type { RunEvent } from "../../src/commands/event.ts";
import type { ErrorCode } from "../../src/report/events/every.ts";
import type { Entry } from "./entry.ts";

/** No sample where the sections about plans and files have them. */
type Entries = {
  readonly [Code in ErrorCode]:
    | Entry<Extract<RunEvent, { kind: Code }>>
    | { readonly sample: undefined; readonly exit: string; readonly advice: string };
};

const key = "triage" as AgentKey;
const id = "ag_0198c2a17b4e7d30" as AgentId;
const alias = "prod" as AliasName;
const version = (number: number) => number as Version;
const commit = "c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00";
const path = "plan.json";

function failed(
  request: readonly [method: string, path: string],
  status: number,
  kind: ApiFailure["kind"],
  reason: string,
): ApiFailure {
  const [method, target] = request;
  return { kind, method, path: target, status, reason, attempts: 1 };
}
const patch = ["PATCH", `/v1/agents/${id}`] as const;
const remove = ["DELETE", `/v1/agents/${id}`] as const;
const putAlias = ["PUT", `/v1/agents/${id}/aliases?alias=prod&version=3`] as const;
const list = ["GET", "/v1/agents/pages?page_size=1000"] as const;
const overloaded = (request: typeof patch | typeof remove | typeof putAlias | typeof list) =>
  failed(request, 503, "unavailable", "overloaded");
const api = (failure: ApiFailure) => ({ kind: "api", failure }) as const;

/** Everything that can end a run with an error. */
export const runErrors: Entries = {
  usage_error: {
    sample: {
      kind: "usage_error",
      problem: "plan has no flag --prunee",
      hint: 'did you mean "--prune"?',
    },
    advice: "`agentvane help COMMAND` lists what a command takes.",
  },
  config_invalid: {
    sample: undefined,
    exit: "3",
    advice:
      "All problems are reported at once; each has [its own code](#problems-in-files). `agentvane validate` needs no key and no server.",
  },
  project_unknown: {
    sample: { kind: "project_unknown" },
    advice:
      "Commands that define no agent (`show`, `history`, `promote`, `rollback`, `forget`, `destroy`) read only whose agents the file is about, and pass over what is wrong elsewhere in it. With `--project NAME` they read no file at all; the key is in `MISTRAL_API_KEY`, or in the variable of `--api-key-env`.",
  },
  environment_needed: {
    sample: { kind: "environment_needed", project: "acme-support", known: ["prod", "staging"] },
    advice: "With `--project` no file says which environments there are: the server does.",
  },
  key_missing: {
    sample: { kind: "key_missing", variable: "MISTRAL_API_KEY" },
    advice:
      "An environment may name another variable in `api_key_env`. An empty variable counts as unset, as a secret does in a pull request from a fork.",
  },
  workspace_refused: {
    sample: {
      kind: "workspace_refused",
      expected: "Production",
      found: { id: "0198a6c0-3333-7000-8000-0000000000d1", name: "Staging" },
    },
    advice:
      "The environment names its workspace, and the key in `api_key_env` is one of another. `agentvane doctor` shows the workspace of a key.",
  },
  read_failed: {
    sample: {
      kind: "read_failed",
      failure: {
        kind: "forbidden",
        method: "GET",
        path: "/v1/agents/pages?page_size=1000",
        status: 401,
        reason: "Unauthorized",
        attempts: 1,
      },
    },
    advice:
      "`agentvane doctor` finds out whether it is the key, the network, the proxy or the server. A list that could not be read whole ends a plan too: a short list would make it create what exists.",
  },
  not_found: {
    sample: { kind: "not_found", key: "tirage", known: ["billing", "triage"] },
    advice: "It looks on the server, so an agent that was never applied is not there.",
  },
  version_missing: {
    sample: { kind: "version_missing", key, missing: [version(9)], known: [0, 1, 2].map(version) },
    advice: "Without `--diff`, `history` lists the versions.",
  },
  planned: {
    sample: undefined,
    exit: "3 or 4",
    advice:
      "Something [forbids the plan](#what-forbids-a-plan); the plan itself is shown all the same.",
  },
  drift_found: {
    sample: undefined,
    exit: "3 or 4",
    advice:
      "It cannot be told [whose agents these are](#what-forbids-a-plan). Drift by itself is no error.",
  },
  refused: {
    sample: undefined,
    exit: "3",
    advice:
      "A secret that an apply has to send is not set, or `import` cannot take [an agent that it names](#what-forbids-a-plan).",
  },
  output_refused: {
    sample: undefined,
    exit: "3 or 4",
    advice:
      "The output would name the wrong agent, or a name that cannot be written. Each reason is listed under [What forbids a plan](#what-forbids-a-plan).",
  },
  drift_refused: {
    sample: { kind: "drift_refused", keys: [key] },
    advice:
      "Somebody edited an agent or moved one of its pointers; a rollback at night looks like this to the next merge, and is meant to. [Drift](recipes.md#deal-with-drift) can be kept or overwritten.",
  },
  approval_missing: {
    sample: { kind: "approval_missing" },
    advice: "Or save a plan, have it read, and apply that: `agentvane plan --out plan.json`.",
  },
  declined: { sample: { kind: "declined" }, advice: "Anything but `yes` declines." },
  plan_unusable: {
    sample: { kind: "plan_unusable", path, fault: { kind: "altered" } },
    advice:
      "A saved plan carries a seal over every byte. Plan again; there is nothing to mend in it.",
  },
  plan_stale: {
    sample: {
      kind: "plan_stale",
      differences: [
        { kind: "version", key, which: "default", before: version(3), now: version(4) },
      ],
    },
    advice:
      "What was approved is applied, or nothing is. The plan is compared by [what it does](design.md#saved-plans): a comment, an agent that it leaves alone, or another pull request that is applied already does not outdate it.",
  },
  commit_outdated: {
    sample: { kind: "commit_outdated", outdated: [{ kind: "newer", key, commit }] },
    advice:
      "An older job runs after a newer one, a reverted commit runs again, or a branch is behind. It would take back what was applied. [Branches](branches.md) tells every case. Agents that the plan leaves alone do not count.",
  },
  commit_unknown: {
    sample: { kind: "commit_unknown", agents: [{ key, commit }] },
    advice: "It is no rule that is broken, so the exit code is that of a failed read.",
  },
  checkout_unusable: {
    sample: {
      kind: "checkout_unusable",
      problem: { kind: "no_program", folder: "/srv/agents", detail: "" },
    },
    advice:
      "A repository is there, so commits are recorded and compared. Without git an older job could take back what a newer one released, and nobody would notice. `plan` only notes it.",
  },
  interrupted: {
    sample: { kind: "interrupted", by: "timeout" },
    advice: "Ctrl-C ends it with 130, SIGTERM with 143, SIGHUP with 129, and `--timeout` with 1.",
  },
  machine_error: {
    sample: { kind: "machine_error", what: "port 8787", reason: "it is in use" },
    advice: "Something of this machine is in the way, not the configuration and not the server.",
  },
  output_failed: {
    sample: {
      kind: "output_failed",
      reason: "ENOSPC: no space left on device, write",
      product: "output",
    },
    advice:
      "A command that only prints, such as `plan`, ends with 1. One that changes something finishes its work and ends with the code of that. A reader that leaves, as `head` does, is no error.",
  },
  pins_unwritable: {
    sample: { kind: "pins_unwritable", paths: ["agents.yaml"] },
    advice:
      "The file has no place where `promote` or `rollback` could write them. Until the printed pins are in it, the next apply moves the aliases on.",
  },
  pins_unwritten: {
    sample: { kind: "pins_unwritten", path: "agents.yaml", reason: "the disk is full" },
    advice:
      "The file had passed every check before anything moved, and something happened to it or to the disk since. The aliases stay where they were moved to.",
  },
  file_protected: {
    sample: {
      kind: "file_protected",
      what: "the report agents.yaml",
      why: "is a file that this run reads",
    },
    advice:
      "No command writes a result over a file of its own project, one that a gate names, or the data of `--local`, whatever link or spelling leads there, or two results into one file. While agents.yaml cannot be read, nobody knows which files are its own: then `--report` writes over an earlier report or an empty file only.",
  },
  report_unwritten: {
    sample: {
      kind: "report_unwritten",
      path: "report.json",
      reason: "the report report.json cannot be written: the disk is full",
    },
    advice:
      "The file was proved writable before the first write, and something happened to it or to the disk since. What the run did stays as it is.",
  },
  crashed: {
    sample: {
      kind: "crashed",
      message: "x is no list",
      stack: "Error: x is no list\n    at …",
    },
    advice: "Please report it, with the lines that are shown; they hold no secret.",
  },
  file_missing: {
    sample: { kind: "file_missing", path: "agents.ts" },
    advice: "`output --check FILE` compares a file that `output --out FILE` wrote.",
  },
  file_exists: {
    sample: { kind: "file_exists", path: "agents.yaml" },
    advice: "No command writes over a file that it did not make in the same run.",
  },
  diagnosed: {
    sample: undefined,
    exit: "1 or 3",
    advice: "`agentvane doctor` found a failure; each finding says what to do about it.",
  },
  probe_failed: {
    sample: {
      kind: "probe_failed",
      failure: failed(["POST", "/v1/agents"], 403, "forbidden", "agents are read-only"),
    },
    advice:
      "Only `doctor --probe` says this. What was found out until then is shown; the probe agent is deleted all the same.",
  },
  probe_left: {
    sample: {
      kind: "probe_left",
      id,
      failure: overloaded(remove),
    },
    advice:
      "Only `doctor --probe` says this. Nothing refers to the agent, and nobody will take it over.",
  },
  write_failed: {
    sample: {
      kind: "write_failed",
      key,
      write: "update",
      failure: api(failed(patch, 422, "refused", "model: unknown model")),
    },
    advice:
      "No alias moved, and default versions went back. What was built stays, and the next apply uses it. With exit 4 somebody else wrote the agent at the same moment: their version stays the default.",
  },
  listing_failed: {
    sample: { kind: "listing_failed", failure: api(overloaded(list)) },
    advice:
      "The agents were created and nothing was released. Apply again: it finds them by their tags.",
  },
  verify_failed: {
    sample: {
      kind: "verify_failed",
      key,
      failure: { kind: "not_taken", version: version(4), paths: [["completion_args", "top_p"]] },
    },
    advice:
      "The server said yes and stored something else: a property that this model or this workspace does not have. Take it out of the file, or put it under `ignore_changes`. If somebody edited the version in place before it was released, `apply --auto-approve --on-drift=overwrite` writes it once more.",
  },
  check_failed: {
    sample: {
      kind: "check_failed",
      key,
      check: "refunds are handed over",
      id,
      version: version(4),
      passed: 0,
      needed: 1,
      ms: 2_400,
      tries: [
        {
          number: 1,
          failures: [{ kind: "no_handoff", expected: "refunds" }],
          transcript: [
            { kind: "user", text: "I want my money back" },
            { kind: "message", agent: "triage", text: "Please write to support." },
          ],
          requests: 1,
          usage: { prompt: 310, completion: 12, total: 322 },
          stored: false,
          ms: 2_400,
        },
      ],
    },
    advice:
      "The version stays, without any alias on it, and every pointer is as it was; `agentvane check` ends with 2 instead. Mend the prompt, or the check, and run it again. A model does not always say the same: `tries` and `passes` allow for that.",
  },
  conversation_failed: {
    sample: {
      kind: "conversation_failed",
      failure: {
        kind: "request_failed",
        failure: {
          kind: "forbidden",
          method: "POST",
          path: "/v1/conversations",
          status: 403,
          reason: "Content blocked by guardrail",
          attempts: 1,
        },
      },
    },
    advice: "What was said before is shown; `agentvane ask` again begins a new conversation.",
  },
  conversation_stopped: {
    sample: { kind: "conversation_stopped", by: "SIGINT" },
    advice: "The output has the results of the checks that finished; the others did not finish.",
  },
  check_stopped: {
    sample: {
      kind: "check_stopped",
      key,
      check: "refunds are handed over",
      id,
      version: version(4),
    },
    advice:
      "By Ctrl-C, another signal, or the end of `--timeout`, while its conversation was held.",
  },
  conversation_left: {
    sample: {
      kind: "conversation_left",
      id: "conv_01a1c2d3",
      failure: {
        kind: "unavailable",
        method: "DELETE",
        path: "/v1/conversations/conv_01a1c2d3",
        status: 503,
        reason: "overloaded",
        attempts: 4,
      },
    },
    advice:
      "Some conversations of checks cannot be held without the server keeping them. A later run of checks in the same project and environment deletes what stays, once its time is over.",
  },
  gate_failed: {
    sample: {
      kind: "gate_failed",
      key,
      command: "npm run evals",
      id,
      version: version(4),
      output: ["2 of 40 answers are wrong"],
      ms: 61_000,
      end: { kind: "failed", status: 1 },
    },
    advice:
      "The version stays, without any alias on it. Mend the prompt, or the gate, and apply again.",
  },
  move_failed: {
    sample: {
      kind: "move_failed",
      key,
      pointer: alias,
      failure: { kind: "pointer_moved", expected: version(3), found: version(2) },
    },
    advice: "Every alias that had moved went back. With exit 4 somebody else moved it meanwhile.",
  },
  pointer_taken: {
    sample: {
      kind: "pointer_taken",
      key,
      id,
      pointer: alias,
      expected: version(4),
      found: version(2),
    },
    advice:
      "The apply failed and was taking its moves back, but this pointer had been moved again by a person or another run. It is left to them, and so is the default version of its agent. `agentvane show` says where both stand.",
  },
  revert_failed: {
    sample: {
      kind: "revert_failed",
      key,
      id,
      pointer: alias,
      to: version(3),
      failure: api(overloaded(putAlias)),
    },
    advice:
      "Until the repair is done, callers of the alias get the version that it points to. The next apply converges, too; [design.md](design.md#reading-a-split) says how to read it.",
  },
  content_left: {
    sample: { kind: "content_left", key, id, version: version(3), paths: [["tools"]] },
    advice:
      "The server changed a version in place instead of making a new one, and the second write that was to undo this did not. Set the named properties by hand, or apply the previous commit with `--on-drift=overwrite`.",
  },
  duplicate_left: {
    sample: { kind: "duplicate_left", key, id, failure: api(overloaded(remove)) },
    advice:
      "Two runs created the same agent at once, and this one could not take its own back. Delete it in the console.",
  },
  delete_failed: {
    sample: { kind: "delete_failed", key, id, failure: api(overloaded(remove)) },
    advice:
      "The release stays. The next plan shows the agents that were not deleted as orphans, and the next `apply --prune` tries again.",
  },
  apply_stopped: {
    sample: { kind: "apply_stopped", by: "SIGINT" },
    advice:
      "What was under way was finished, and everything went back. By `--timeout` it ends with 5.",
  },
};
