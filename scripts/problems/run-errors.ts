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
      "Commands that define no agent (`show`, `history`, `promote`, `rollback`, `forget`, `destroy`) read only the project, its environments and its bindings, and ignore other mistakes in the files. With `--project NAME` they read no file at all; the key is then in `MISTRAL_API_KEY`, or in the variable of `--api-key-env`.",
  },
  environment_needed: {
    sample: { kind: "environment_needed", project: "acme-support", known: ["prod", "staging"] },
    advice:
      "With `--project` agentvane reads no file, so the environments are those on the server.",
  },
  key_missing: {
    sample: { kind: "key_missing", variable: "MISTRAL_API_KEY" },
    advice:
      "An environment may name another variable in `api_key_env`. An empty variable counts as unset; secrets are empty in pull requests from forks.",
  },
  workspace_refused: {
    sample: {
      kind: "workspace_refused",
      expected: "Production",
      found: { id: "0198a6c0-3333-7000-8000-0000000000d1", name: "Staging" },
    },
    advice:
      "The environment names its workspace, but the key in `api_key_env` belongs to another one. `agentvane doctor` shows the workspace of a key.",
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
      "`agentvane doctor` finds out whether the cause is the key, the network, the proxy or the server. An incomplete list ends a plan, too: with it, the plan would create agents that exist.",
  },
  not_found: {
    sample: { kind: "not_found", key: "tirage", known: ["billing", "triage"] },
    advice: "The command looks on the server, so it does not find an agent that was never applied.",
  },
  version_missing: {
    sample: { kind: "version_missing", key, missing: [version(9)], known: [0, 1, 2].map(version) },
    advice: "`agentvane history KEY` lists the versions.",
  },
  planned: {
    sample: undefined,
    exit: "3 or 4",
    advice: "Something [forbids the plan](#what-forbids-a-plan). The output still shows the plan.",
  },
  drift_found: {
    sample: undefined,
    exit: "3 or 4",
    advice:
      "The owner of some agents [is unclear](#what-forbids-a-plan). Drift itself is not an error.",
  },
  refused: {
    sample: undefined,
    exit: "3",
    advice:
      "A secret that the apply must send is not set, or `import` cannot import [an agent that it names](#what-forbids-a-plan).",
  },
  output_refused: {
    sample: undefined,
    exit: "3 or 4",
    advice:
      "The output would contain the wrong agent, or a name that the format cannot hold. [What forbids a plan](#what-forbids-a-plan) lists each reason.",
  },
  drift_refused: {
    sample: { kind: "drift_refused", keys: [key] },
    advice:
      "Somebody edited an agent or moved one of its pointers. An emergency rollback causes this error in the next merge, on purpose. You can keep or overwrite [drift](recipes.md#deal-with-drift).",
  },
  approval_missing: {
    sample: { kind: "approval_missing" },
    advice:
      "Or save a plan with `agentvane plan --out plan.json`, let somebody review it, and apply that file.",
  },
  declined: { sample: { kind: "declined" }, advice: "Anything but `yes` declines." },
  plan_unusable: {
    sample: { kind: "plan_unusable", path, fault: { kind: "altered" } },
    advice: "A saved plan carries a checksum over every byte, so it cannot be edited. Plan again.",
  },
  plan_stale: {
    sample: {
      kind: "plan_stale",
      differences: [
        { kind: "version", key, which: "default", before: version(3), now: version(4) },
      ],
    },
    advice:
      "An apply carries out exactly the approved plan, or nothing. It compares [operations](design.md#saved-plans): a new comment, an agent that the plan leaves alone, or another pull request that was applied already does not make the plan stale.",
  },
  commit_outdated: {
    sample: { kind: "commit_outdated", outdated: [{ kind: "newer", key, commit }] },
    advice:
      "An older job runs after a newer one, a reverted commit runs again, or a branch is behind. The apply would undo a newer change. [Branches](branches.md) lists every case. Agents that the plan leaves alone do not count.",
  },
  commit_unknown: {
    sample: { kind: "commit_unknown", agents: [{ key, commit }] },
    advice: "No rule is broken, so the exit code is that of a failed read.",
  },
  checkout_unusable: {
    sample: {
      kind: "checkout_unusable",
      problem: { kind: "no_program", folder: "/srv/agents", detail: "" },
    },
    advice:
      "In a git repository agentvane records and compares commits. Without git, an older job could undo the release of a newer one unnoticed. `plan` only notes this.",
  },
  interrupted: {
    sample: { kind: "interrupted", by: "timeout" },
    advice:
      "The exit code is 130 for Ctrl-C, 143 for SIGTERM, 129 for SIGHUP, and 1 for `--timeout`.",
  },
  machine_error: {
    sample: { kind: "machine_error", what: "port 8787", reason: "it is in use" },
    advice: "The cause is on this machine, not in the configuration and not on the server.",
  },
  output_failed: {
    sample: {
      kind: "output_failed",
      reason: "ENOSPC: no space left on device, write",
      product: "output",
    },
    advice:
      "A command that only prints, such as `plan`, ends with 1. A command that changes something finishes its work and keeps the exit code of that. A reader that closes the pipe, such as `head`, is no error.",
  },
  pins_unwritable: {
    sample: { kind: "pins_unwritable", paths: ["agents.yaml"] },
    advice:
      "`promote` and `rollback` found no place for the pins in the file. Copy the printed pins into it; otherwise the next apply moves the aliases again.",
  },
  pins_unwritten: {
    sample: { kind: "pins_unwritten", path: "agents.yaml", reason: "the disk is full" },
    advice:
      "The file passed every check before anything moved, but then the file or the disk changed. The aliases stay moved.",
  },
  file_protected: {
    sample: {
      kind: "file_protected",
      what: "the report agents.yaml",
      why: "is a file that this run reads",
    },
    advice:
      "No command overwrites a file of its own project, a file that a gate names, or the data of `--local`, not even through a link or another spelling; and no command writes two results into one file. If agents.yaml cannot be read, its files are unknown; then `--report` overwrites only an earlier report or an empty file.",
  },
  report_unwritten: {
    sample: {
      kind: "report_unwritten",
      path: "report.json",
      reason: "the report report.json cannot be written: the disk is full",
    },
    advice:
      "The file was writable before the first write, but then the file or the disk changed. The run itself is not affected.",
  },
  crashed: {
    sample: {
      kind: "crashed",
      message: "x is no list",
      stack: "Error: x is no list\n    at …",
    },
    advice: "Please report it with the printed lines; they contain no secret.",
  },
  file_missing: {
    sample: { kind: "file_missing", path: "agents.ts" },
    advice: "`output --check FILE` compares a file that `output --out FILE` wrote.",
  },
  file_exists: {
    sample: { kind: "file_exists", path: "agents.yaml" },
    advice: "No command overwrites a file that existed before the run.",
  },
  diagnosed: {
    sample: undefined,
    exit: "1 or 3",
    advice: "`agentvane doctor` found a problem. Each line says how to fix it.",
  },
  probe_failed: {
    sample: {
      kind: "probe_failed",
      failure: failed(["POST", "/v1/agents"], 403, "forbidden", "agents are read-only"),
    },
    advice:
      "Only `doctor --probe` reports this. The output shows what it found until then. It still deletes the probe agent.",
  },
  probe_left: {
    sample: {
      kind: "probe_left",
      id,
      failure: overloaded(remove),
    },
    advice:
      "Only `doctor --probe` reports this. Nothing refers to the agent, and agentvane will not use it.",
  },
  write_failed: {
    sample: {
      kind: "write_failed",
      key,
      write: "update",
      failure: api(failed(patch, 422, "refused", "model: unknown model")),
    },
    advice:
      "No alias moved, and default versions moved back. The new versions stay, and the next apply uses them. Exit code 4 means that somebody else wrote the agent at the same time; their version stays the default.",
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
      "The server reported success but stored something else, for example because this model or this workspace does not support the property. Remove it from the file, or list it under `ignore_changes`. If somebody edited the version in place before it was released, `apply --auto-approve --on-drift=overwrite` writes it once more.",
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
      "The version stays, without an alias, and every pointer is as before; `agentvane check` ends with 2 instead. Fix the prompt or the check, and run it again. A model does not always answer the same: `tries` and `passes` allow for that.",
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
    advice:
      "The output shows the conversation so far. Running `agentvane ask` again begins a new one.",
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
    advice: "Ctrl-C, another signal, or the end of `--timeout` stopped its conversation.",
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
      "The server has to store some conversations of checks. A later run of checks in the same project and environment deletes this one, once its time is over.",
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
    advice: "The version stays, without an alias. Fix the prompt or the gate, and apply again.",
  },
  move_failed: {
    sample: {
      kind: "move_failed",
      key,
      pointer: alias,
      failure: { kind: "pointer_moved", expected: version(3), found: version(2) },
    },
    advice:
      "Every alias that had moved was moved back. Exit code 4 means that somebody else moved this one meanwhile.",
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
      "While the apply reverted its moves, a person or another run moved this pointer again. agentvane leaves it and the default version of its agent as they are. `agentvane show` lists both.",
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
      "Until the repair, callers of the alias get the version that it points to now. The next apply converges as well; [design.md](design.md#reading-a-split) explains this state.",
  },
  content_left: {
    sample: { kind: "content_left", key, id, version: version(3), paths: [["tools"]] },
    advice:
      "The server changed a version in place instead of creating a new one, and the second write did not restore it. Set the named properties by hand, or apply the previous commit with `--on-drift=overwrite`.",
  },
  duplicate_left: {
    sample: { kind: "duplicate_left", key, id, failure: api(overloaded(remove)) },
    advice:
      "Two runs created the same agent at once, and this run could not delete its own. Delete it in the console.",
  },
  delete_failed: {
    sample: { kind: "delete_failed", key, id, failure: api(overloaded(remove)) },
    advice:
      "The release stays. The next plan shows the agents that were not deleted as orphans, and the next `apply --prune` tries again.",
  },
  apply_stopped: {
    sample: { kind: "apply_stopped", by: "SIGINT" },
    advice:
      "The run finished its work in flight and reverted everything. With `--timeout` the exit code is 5.",
  },
};
