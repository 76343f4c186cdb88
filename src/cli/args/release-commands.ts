import type { CommandSpec } from "./command-spec.ts";
import {
  autoApprove,
  checking,
  config,
  only,
  planning,
  planOutput,
  server,
  writing,
} from "./flags.ts";

/** Commands that compare agents.yaml with the server, and apply it. */
export const releaseCommands = {
  plan: {
    name: "plan",
    summary: "show what apply would do; changes nothing",
    about:
      "Reads agents.yaml and the server, compares them property by property, and prints what an apply would do, what was changed outside agentvane, and what blocks an apply. Writes only the files of --out and --report, and sends only reading requests.",
    flags: [
      ...config,
      ...planning,
      {
        name: "out",
        takes: "value",
        placeholder: "FILE",
        doc: "save the plan, for agentvane apply FILE",
      },
      { name: "detailed-exitcode", takes: "switch", doc: "exit 2 when there are changes" },
      ...writing,
      ...server,
      ...planOutput,
    ],
    product: "output",
    document: "plan",
    exits: [0, 1, 2, 3, 4],
    examples: [
      "agentvane plan",
      "agentvane plan --local",
      "agentvane plan --detailed-exitcode -q",
      "agentvane plan --out plan.json",
    ],
  },
  apply: {
    name: "apply",
    summary: "create, update, verify, then move the aliases",
    about:
      "Plans, shows the plan and asks. Then creates and updates agents, compares what the server stored with the definition, and moves the aliases only if everything is right. If anything fails, it moves every alias and every default version back. Never writes to an agent of another project, and never overwrites an outside edit unless somebody approved that. PLAN is a file of `plan --out`, a pipe, or `-` for standard input.",
    positionals: { shown: "[PLAN]", most: 1 },
    flags: [
      ...config,
      ...planning,
      autoApprove,
      {
        name: "on-drift",
        takes: "value",
        placeholder: "fail|overwrite",
        doc: "with --auto-approve, when somebody changed an agent outside (default: fail)",
      },
      {
        name: "settle",
        takes: "value",
        placeholder: "TIME",
        doc: "how long to look for a create whose answer was lost, and to wait for another apply that reverts (default: 20s)",
      },
      ...checking,
      ...writing,
      ...server,
      ...planOutput,
    ],
    product: "effect",
    document: "report",
    exits: [0, 1, 3, 4, 5, 6],
    examples: [
      "agentvane apply",
      "agentvane apply --local",
      "agentvane apply plan.json",
      "agentvane apply --auto-approve --report report.json",
    ],
  },
  drift: {
    name: "drift",
    summary: "show what was changed outside; changes nothing",
    about:
      "Compares the server with the state after the last apply: finds edits of agents, and aliases and default versions that were moved. Pending changes in agents.yaml are not drift. Writes only the file of --report.",
    flags: [
      ...config,
      only,
      { name: "detailed-exitcode", takes: "switch", doc: "exit 2 when there is drift" },
      ...writing,
      ...server,
      ...planOutput,
    ],
    product: "output",
    document: "drift",
    exits: [0, 1, 2, 3, 4],
    examples: ["agentvane drift", "agentvane drift --detailed-exitcode --format json"],
  },
} as const satisfies { readonly [name: string]: CommandSpec };
