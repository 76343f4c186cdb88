import { agentTable } from "../agent/agent-table.ts";
import type { Kind, Property } from "../agent/property.ts";

const libraries: Property = {
  name: "libraries",
  kind: { kind: "set", of: "names", minItems: 1 },
  doc: "Names of the libraries to search, in place of `library_ids`. Not together with it.",
  unset: null,
  examples: [["product-docs"]],
};

/** What a definition may say in a file: the agent's properties, with names of libraries beside ids. */
export const definitionRows: readonly Property[] = agentTable.map((row) =>
  row.kind.kind === "toolbox" ? { ...row, kind: withLibraries(row.kind) } : row,
);

const id: Property = {
  name: "id",
  kind: { kind: "text", minLength: 1 },
  doc: "An existing agent that this key is bound to, which adopts it.",
  unset: null,
  examples: ["ag_0198f2c4a1b27d3e8f5a6b7c8d9e0f12"],
};

const aliases: Property = {
  name: "aliases",
  kind: { kind: "labels", numbers: true },
  doc: "Names of versions: `latest` is the version of this definition, a number pins, null removes. A list is short for all at latest.",
  unset: null,
  examples: [["prod"], { staging: "latest", prod: 12 }],
};

const lifecycle: Property = {
  name: "lifecycle",
  kind: {
    kind: "record",
    rows: [
      {
        name: "prevent_destroy",
        kind: { kind: "flag" },
        doc: "Never delete this agent.",
        unset: false,
      },
      {
        name: "ignore_changes",
        kind: { kind: "set", of: "names" },
        doc: "Properties that are neither compared nor sent changed.",
        unset: [],
        examples: [["description", "completion_args.temperature"]],
      },
    ],
  },
  doc: "What may happen to the agent.",
  unset: null,
};

/** What binds a definition to the agent it is of. */
export const bindingRows: readonly Property[] = [id, lifecycle];

/** Everything an agent may say in a file. */
export const agentRows: readonly Property[] = [...definitionRows, ...bindingRows, aliases];

/** Members that only one agent can have, so that `defaults` may not. */
export const ownMembers: ReadonlySet<string> = new Set(["name", "id"]);

function withLibraries(kind: Kind & { readonly kind: "toolbox" }): Kind {
  const cases = Object.entries(kind.of.cases).map(([tag, rows]) => [
    tag,
    rows.flatMap((row) =>
      row.name === "library_ids" ? [{ ...row, unset: [] }, libraries] : [row],
    ),
  ]);
  return { ...kind, of: { ...kind.of, cases: Object.fromEntries(cases) } };
}

/** What a handoff to an agent outside this project says. */
export const handoffRows: readonly Property[] = [
  { name: "id", kind: { kind: "text", minLength: 1 }, doc: "An agent outside this project." },
];

/** The tool types that may be written as a bare text: those that need nothing more. */
export const bareToolTypes: readonly string[] = agentTable.flatMap(({ kind }) =>
  kind.kind === "toolbox"
    ? Object.entries(kind.of.cases).flatMap(([tag, rows]) =>
        rows.every((row) => row.unset !== undefined) ? [tag] : [],
      )
    : [],
);
