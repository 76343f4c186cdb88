import type { CommandSpec } from "./command-spec.ts";
import { config, output, server } from "./flags.ts";

/** Commands about the setup. */
export const setupCommands = {
  doctor: {
    name: "doctor",
    summary: "check your setup and explain how to fix it",
    about:
      "Checks everything that a plan and an apply depend on, and explains how to fix each problem: Node, agents.yaml, the git checkout, the key, the proxy, the server, its clock, and what the key may read. Sends only reading requests and writes nothing. Only with --probe it creates a probe agent, and deletes it again.",
    flags: [
      ...config,
      {
        name: "probe",
        takes: "switch",
        doc: "create a probe agent to find out what is undocumented, then delete it",
      },
      {
        name: "switches",
        takes: "value",
        placeholder: "FILE",
        doc: "with --probe: write what was found as arguments of emulate",
      },
      ...server,
      ...output,
    ],
    product: "output",
    document: "result",
    exits: [0, 1, 3, 5, 6],
    examples: [
      "agentvane doctor",
      "agentvane doctor --local",
      "agentvane doctor --format json",
      "agentvane doctor --probe --switches switches.txt",
    ],
  },
  emulate: {
    name: "emulate",
    summary: "serve a local Agents API for demos and tests",
    about:
      "Serves the Agents API on 127.0.0.1, for any key, until Ctrl-C. Keeps its agents in memory, or in the file of --data. Answers conversations from the script of --conversations, else with a fixed reply. Never reaches the network.",
    flags: [
      {
        name: "port",
        takes: "value",
        placeholder: "PORT",
        doc: "port on 127.0.0.1 (default: 8787; 0 takes a free one)",
      },
      {
        name: "data",
        takes: "value",
        placeholder: "FILE",
        doc: "keep the agents in this file (default: only in memory)",
      },
      {
        name: "conversations",
        takes: "value",
        placeholder: "FILE",
        doc: "answer conversations from this script (default: with a fixed reply)",
      },
      {
        name: "switch",
        takes: "list",
        placeholder: "NAME=VALUE",
        doc: "behave otherwise where the API is undocumented; may be repeated",
      },
      {
        name: "fault",
        takes: "list",
        placeholder: "JSON",
        doc: "fail on purpose, see docs/emulator.md; may be repeated",
      },
      ...output.filter(({ name }) => name !== "format"),
    ],
    product: "effect",
    document: "result",
    isEndless: true,
    exits: [0, 1],
    examples: [
      "agentvane emulate --port 8787 --data agents.json",
      'agentvane emulate --fault \'{"method":"PATCH","status":503,"times":2}\'',
    ],
  },
} as const satisfies { readonly [name: string]: CommandSpec };
