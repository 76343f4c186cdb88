import { agentTable } from "../agent/agent-table.ts";
import { comparableForm, possibleForms } from "../agent/comparable-form.ts";
import type { DesiredAgent } from "../agent/definition.ts";
import { isObject, type Json, type JsonObject } from "../agent/json.ts";
import type { Property } from "../agent/property.ts";
import { isWithin, type PropertyPath } from "../agent/property-path.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { tagsOf } from "../agent/tags.ts";
import type { ConfigReferences, Managed } from "./agent-plan.ts";
import { withConfigReferences } from "./config-references.ts";
import { digestOf } from "./digest.ts";

/**
 * Stands for the form of the digits. Whoever changes the canonical form of anything that was sent before, or adds
 * a row that older versions could have, takes the next number: the digits of older versions are not judged then.
 */
const formNumber = "1";

/** A property of a version that is not what was sent when the version was made. */
export type Mismatch = {
  /** Of a property of an agent, or of one label. */
  readonly path: PropertyPath;
  /** Nothing was sent for it, or what clears it. */
  readonly wasUnset: boolean;
};

/** Which properties of an agent its file manages, apart from the labels of others and what it ignores. */
export function managedBy({ definition, ignoreChanges }: DesiredAgent): Managed {
  const { metadata } = definition;
  const labels = Object.keys(isObject(metadata) ? metadata : {});
  return {
    ignored: ignoreChanges,
    labels: labels.filter((name) => !isIgnored(["metadata", name], ignoreChanges)),
  };
}

/**
 * The tag `.content`: some digits of each property as it is sent, with handoffs as ids and without secrets. A
 * property that is not sent, or not managed whole, has none; of labels each declared one has its own.
 */
export function contentTag(sent: JsonObject, { ignored, labels }: Managed): string {
  const properties = agentTable
    .filter((row) => sent[row.name] !== undefined && isWhole(row, ignored))
    .map((row) => `${row.name}=${digits(comparableForm(row, sent[row.name]))}`);
  const pairs = labels.map((name) => labelDigits(name, labelIn(sent, name))).sort();
  const metadata = pairs.length > 0 ? [`metadata=${pairs.join("+")}`] : [];
  return `${formNumber}:${[...properties, ...metadata].join(",")}`;
}

/**
 * In what a version differs from what was sent when it was made, as far as the file manages it. Empty for a
 * version without the tag, or with one of another form. It may still be what the server never took.
 */
export function contentMismatches(
  version: RemoteAgent,
  agent: DesiredAgent,
  references: ConfigReferences,
): readonly Mismatch[] {
  const entries = entriesOf(version);
  if (entries === undefined) return [];
  const managed = managedBy(agent);
  const properties = agentTable.flatMap((row): Mismatch[] => {
    const recorded = entries.get(row.name);
    if (recorded === undefined || !isWhole(row, managed.ignored)) return [];
    if (row.onlyWhenDeclared && agent.definition[row.name] === undefined) return [];
    const isAsSent = readings(version, row, references).some(
      (reading) => recorded === digits(reading),
    );
    return isAsSent ? [] : [{ path: [row.name], wasUnset: recorded === digits(null) }];
  });
  return [...properties, ...labelMismatches(version, entries, managed)];
}

/** Whether a version's property was sent with the value that a definition, in our words, has for it. */
export function wasSentAs(version: RemoteAgent, path: PropertyPath, wanted: JsonObject): boolean {
  const entries = entriesOf(version);
  const row = agentTable.find((each) => each.name === path[0]);
  if (entries === undefined || row === undefined || row.kind.kind === "handoffs") return false;
  if (row.kind.kind !== "labels") {
    return entries.get(row.name) === digits(comparableForm(row, wanted[row.name]));
  }
  const [, label] = path;
  return (
    typeof label === "string" && labelsOf(entries).has(labelDigits(label, labelIn(wanted, label)))
  );
}

function entriesOf(version: RemoteAgent): ReadonlyMap<string, string> | undefined {
  const [form, entries] = (tagsOf(version)?.content ?? "").split(":");
  if (form !== formNumber || entries === undefined) return undefined;
  return new Map(
    entries.split(",").map((entry): [string, string] => {
      const [name = "", recorded = ""] = entry.split("=");
      return [name, recorded];
    }),
  );
}

/** A connector may be shown by its id where its name was sent, or the other way round. */
function readings(
  version: RemoteAgent,
  row: Property,
  references: ConfigReferences,
): readonly Json[] {
  const plain = possibleForms(row, version[row.name]);
  if (row.kind.kind !== "toolbox") return plain;
  return [...plain, ...possibleForms(row, withConfigReferences(version, references)[row.name])];
}

/**
 * Which labels a version declared is not written down, only digits of each with its name. So one is another than
 * was sent when some digits belong to no label any more and its own are not among them.
 */
function labelMismatches(
  version: RemoteAgent,
  entries: ReadonlyMap<string, string>,
  { labels }: Managed,
): readonly Mismatch[] {
  const left = new Set(labelsOf(entries));
  const present = isObject(version.metadata) ? Object.keys(version.metadata) : [];
  const strange = labels.filter((name) => !left.has(labelDigits(name, labelIn(version, name))));
  for (const name of new Set([...present, ...labels])) {
    left.delete(labelDigits(name, labelIn(version, name)));
  }
  if (left.size === 0) return [];
  return strange.map((name) => ({
    path: ["metadata", name],
    wasUnset: left.has(labelDigits(name, null)),
  }));
}

function labelsOf(entries: ReadonlyMap<string, string>): ReadonlySet<string> {
  return new Set((entries.get("metadata") ?? "").split("+").filter((pair) => pair !== ""));
}

function labelIn(agent: JsonObject, name: string): Json {
  return (isObject(agent.metadata) ? agent.metadata[name] : null) ?? null;
}

function labelDigits(name: string, value: Json): string {
  return digits([name, value]);
}

function isWhole({ name, kind }: Property, ignored: readonly PropertyPath[]): boolean {
  return kind.kind !== "labels" && !ignored.some((path) => path[0] === name);
}

function isIgnored(path: PropertyPath, ignored: readonly PropertyPath[]): boolean {
  return ignored.some((each) => isWithin(path, each));
}

function digits(form: Json): string {
  return digestOf(form).slice(0, 8);
}
