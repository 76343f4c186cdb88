import { describe, expect, test } from "vitest";
import { agentTable } from "../../src/agent/agent-table.ts";
import { isList, isObject, type Json, type JsonObject } from "../../src/agent/json.ts";
import type { Property } from "../../src/agent/property.ts";
import { pathText } from "../../src/agent/property-path.ts";
import type { ApplyEvent } from "../../src/apply/event.ts";
import { hasChanges } from "../../src/plan/has-changes.ts";
import { everyRow } from "../../src/report/events/every.ts";
import { runExitCode } from "../../src/report/run-exit-code.ts";
import { type Leaf, leavesOf } from "../agent/table-leaves.ts";
import { desiredAgent } from "../plan/world.ts";
import { apply, planFor, released } from "./apply-plan.ts";
import { FakeServer } from "./fake-server.ts";

const id = "ag_001";
const required = { name: "A", model: "m" };

const wanted = (members: JsonObject) => ({
  project: "acme",
  environment: "",
  isEphemeral: false,
  agents: [{ ...desiredAgent({ key: "a" }), definition: { ...required, ...members } }],
  renames: [],
  gates: [],
  checks: [],
  unsetSecrets: new Map(),
});

/** What the server keeps where a leaf stands. */
const kept = (server: FakeServer, { steps }: Leaf): Json | undefined =>
  at(server.stored(id).versions.get(server.stored(id).current) ?? {}, steps);

function at(value: Json | undefined, steps: Leaf["steps"]): Json | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (typeof step === "number") return isList(value) ? at(value[step], rest) : undefined;
  return isObject(value) ? at(value[step], rest) : undefined;
}

/** A body with another value where a leaf stands; undefined takes it away. */
function changed(value: Json, steps: Leaf["steps"], to: Json | undefined): Json {
  const [step, ...rest] = steps;
  if (step === undefined) return to ?? null;
  if (typeof step === "number") {
    return isList(value)
      ? value.map((item, n) => (n === step ? changed(item, rest, to) : item))
      : value;
  }
  if (!isObject(value)) return value;
  if (rest.length > 0) {
    const inner = value[step];
    return inner === undefined ? value : { ...value, [step]: changed(inner, rest, to) };
  }
  const { [step]: _was, ...others } = value;
  return to === undefined ? others : { ...others, [step]: to };
}

/** How a value of a leaf is sent. */
function sent({ row }: Leaf, value: Json): unknown {
  switch (row.kind.kind) {
    case "secret":
      return isObject(value) ? `text of ${value.secret}` : value;
    case "handoffs":
      return isList(value) ? value.map((ref) => (isObject(ref) ? ref.id : ref)) : value;
    case "labels":
      return expect.objectContaining(value as object);
    default:
      return value;
  }
}

const namedIn = (events: readonly ApplyEvent[]): readonly string[] =>
  events.flatMap((event) =>
    event.kind === "write_failed" && event.failure.kind === "not_taken"
      ? event.failure.paths.map(pathText)
      : [],
  );

async function serverWith(members: JsonObject): Promise<FakeServer> {
  const server = new FakeServer();
  expect(released(await apply(server, wanted(members)))).toBe(true);
  return server;
}

async function expectEmpty(server: FakeServer, members: JsonObject): Promise<void> {
  expect(hasChanges(await planFor(server, wanted(members)))).toBe(false);
}

const isUnsettable = ({ row }: Leaf) => row.unset !== undefined;
/** Nobody can see what a server keeps of a secret. */
const isVisible = ({ row }: Leaf) => row.kind.kind !== "secret";

/** A definition that clears a leaf: labels that it leaves out stay, and what has a secret goes as a whole. */
function withoutLeaf(leaf: Leaf): JsonObject {
  if (leaf.row.kind.kind === "labels") return leaf.within({ team: null });
  return isVisible(leaf) ? leaf.within(undefined) : {};
}

async function claimLeaf(leaf: Leaf): Promise<void> {
  const [one, two] = leaf.values;
  const created = await serverWith(leaf.within(one));
  expect(kept(created, leaf)).toEqual(sent(leaf, one));
  await expectEmpty(created, leaf.within(one));

  if (JSON.stringify(one) !== JSON.stringify(two) && isVisible(leaf)) {
    expect(released(await apply(created, wanted(leaf.within(two))))).toBe(true);
    expect(kept(created, leaf)).toEqual(sent(leaf, two));
    await expectEmpty(created, leaf.within(two));
  }

  if (!isUnsettable(leaf) && isVisible(leaf)) return;
  if (leaf.row.onlyWhenDeclared !== true && isUnsettable(leaf)) {
    const without = withoutLeaf(leaf);
    expect(released(await apply(created, wanted(without)))).toBe(true);
    expect(kept(created, leaf) ?? leaf.row.unset).not.toEqual(sent(leaf, one));
    expect(kept(created, leaf) ?? leaf.row.unset).not.toEqual(sent(leaf, two));
    await expectEmpty(created, without);
  }

  const updated = await serverWith(isUnsettable(leaf) ? leaf.within(undefined) : {});
  expect(released(await apply(updated, wanted(leaf.within(one))))).toBe(true);
  expect(kept(updated, leaf)).toEqual(sent(leaf, one));
  await expectEmpty(updated, leaf.within(one));
}

/** The server says yes and stores something else. */
async function claimNamed(leaf: Leaf): Promise<void> {
  const [one] = leaf.values;
  const [top] = leaf.steps;
  const onCreate = new FakeServer();
  onCreate.alter = (body) => changed(body, leaf.steps, undefined) as JsonObject;
  const first = await apply(onCreate, wanted(leaf.within(one)));
  expect(released(first)).toBe(false);
  expect(runExitCode(first, everyRow, { detailedExitCode: false })).toBe(5);
  expect(namedIn(first).map((path) => path.split(/[.[]/)[0])).toContain(top);

  const onUpdate = await serverWith(isUnsettable(leaf) ? leaf.within(undefined) : {});
  onUpdate.alter = onCreate.alter;
  const second = await apply(onUpdate, wanted(leaf.within(one)));
  expect(released(second)).toBe(false);
  const last = leaf.steps.at(-1);
  const isNamed = namedIn(second).some(
    (path) => path.endsWith(`.${last}`) || path === last || !isUnsettable(leaf) || last === "team",
  );
  expect(isNamed || leaf.row.kind.kind === "labels", namedIn(second).join()).toBe(true);
}

/** Rows that nobody has thought of yet, in place only while something is done. */
async function withRows(
  into: readonly Property[],
  rows: readonly Property[],
  act: () => Promise<void>,
): Promise<void> {
  const table = into as Property[];
  table.push(...rows);
  try {
    await act();
  } finally {
    table.splice(table.length - rows.length, rows.length);
  }
}

/** All but those that have no other value than the one that nobody has to set. */
const leavesNow = () => leavesOf(agentTable).filter(({ values }) => values[0] !== null);
const leaves = leavesNow();
const named = (each: readonly Leaf[]) => each.map((leaf) => [leaf.name, leaf] as const);

describe("law of the tables", () => {
  test("there are leaves at every depth", () => {
    expect(leaves.length).toBeGreaterThan(70);
    expect(leaves.some(({ steps }) => steps.length >= 4)).toBe(true);
  });

  test.each(named(leaves))("%s is created, updated and cleared", async (_name, leaf) => {
    await claimLeaf(leaf);
  });

  test.each(named(leaves.filter(isVisible)))(
    "%s is named when a server ignores it",
    async (_name, leaf) => {
      if (leaf.row.name === "name" || leaf.row.name === "model") return;
      await claimNamed(leaf);
    },
  );
});

const doc = "A row that nobody has thought of yet.";
const secret: Property = { name: "token", kind: { kind: "secret" }, doc, unset: null };

describe("rows that the API may get", () => {
  const completionArgs = agentTable.find(({ name }) => name === "completion_args")?.kind;
  if (completionArgs?.kind !== "record") throw new Error("completion_args is a record");

  const cases: readonly (readonly [string, readonly Property[], Property])[] = [
    ["a secret in a record", completionArgs.rows, secret],
    ["a secret at the top", agentTable, secret],
    [
      "a secret in a record of its own",
      agentTable,
      { name: "webhook", kind: { kind: "record", rows: [secret] }, doc, unset: null },
    ],
    [
      "a second property that a create refuses",
      agentTable,
      { name: "listed", kind: { kind: "text" }, doc, unset: null, notOnCreate: true },
    ],
    [
      "one inside a record",
      completionArgs.rows,
      { name: "seed_kind", kind: { kind: "text" }, doc, unset: null, notOnCreate: true },
    ],
    [
      "a required number in a record",
      agentTable,
      {
        name: "budget",
        kind: { kind: "record", rows: [{ name: "most", kind: { kind: "number" }, doc }] },
        doc,
        unset: null,
      },
    ],
  ];

  test.each(cases)("%s keeps the law", async (_name, into, row) => {
    await withRows(into, [row], async () => {
      const fresh = leavesNow().filter(({ name }) => !leaves.some((leaf) => leaf.name === name));
      expect(fresh.length).toBeGreaterThan(0);
      for (const leaf of fresh) {
        await claimLeaf(leaf);
        if (isVisible(leaf)) await claimNamed(leaf);
      }
    });
  });

  test("what a create refuses is not in it", async () => {
    const row = cases[3]?.[2];
    if (row === undefined) throw new Error("there is such a row");
    await withRows(agentTable, [row], async () => {
      const server = await serverWith({ listed: "yes", deployment_chat: true });
      expect(server.stored(id).versions.get(0)).not.toHaveProperty("listed");
      expect(server.stored(id).versions.get(1)).toMatchObject({ listed: "yes" });
      expect([...server.stored(id).versions.keys()]).toEqual([0, 1]);
    });
  });
});
