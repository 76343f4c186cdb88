import { agentTable } from "../agent/agent-table.ts";
import { canonical } from "../agent/canonical.ts";
import { type Difference, differences } from "../agent/differences.ts";
import { type Json, type JsonObject, sameJson } from "../agent/json.ts";
import { isWithin, type PropertyPath } from "../agent/property-path.ts";
import type { RemoteAgent } from "../agent/remote-agent.ts";
import { tagsOf } from "../agent/tags.ts";
import { valueAt, withValueAt } from "../agent/value-at.ts";
import type { PropertyDrift } from "./agent-plan.ts";
import { withConfigReferences } from "./config-references.ts";
import { type Mismatch, wasSentAs } from "./content-tag.ts";
import { type EditSight, editsInPlace, namedAliases } from "./edited-in-place.ts";
import { baseForm, outsideChanges } from "./origin.ts";

/** What is known of an agent, and what it should be. */
export type OutsideSight = EditSight & {
  /** The version that edits outside started from; undefined when there is none. */
  readonly base: RemoteAgent | undefined;
  /** The agent as it should be, in our words. */
  readonly target: JsonObject;
  /** Digest of the definition. */
  readonly spec: string;
};

/** What somebody changed outside, and what the file has changed since the same base. */
export type Outside = {
  /** On the way from the base to the default version. */
  readonly properties: readonly PropertyDrift[];
  /** In a version that an alias has been left on, which is not the default. */
  readonly behindAliases: readonly PropertyDrift[];
  /** Undefined without a base: nothing can be told to be the file's then. */
  readonly ours: readonly Pick<Difference, "path">[] | undefined;
  /** The default version was edited in place, so its tags no longer tell what is in it. */
  readonly isDefaultEdited: boolean;
};

const nothing: Outside = { properties: [], behindAliases: [], ours: [], isDefaultEdited: false };

/**
 * What was changed outside. What an edit in place has left of a property is its digits, so what it was before is
 * known only where the file still says it. It is never part of the base.
 */
export function outsideOf(sight: OutsideSight): Outside {
  const { agent, remote, base, references, target } = sight;
  if (tagsOf(remote) === undefined && base === undefined) return nothing;
  const current = withConfigReferences(remote, references);
  const [actual, wanted] = [canonical(agentTable, current), canonical(agentTable, target)];
  if (base === undefined) {
    const properties = outsideChanges(wanted, actual);
    return { ...nothing, properties, ours: undefined };
  }
  const edits = editsInPlace(base, sight);
  const unknown = edits.filter(({ path }) => !isKnown(base, path, sight));
  const known = edits.filter((each) => !unknown.includes(each));
  const start = known.reduce(
    (form, { path }) => withValueAt(form, path, valueAt(wanted, path)),
    baseForm(agent, withConfigReferences(base, references), current),
  );
  const changed = outsideChanges(start, actual).filter(({ path }) => !isOneOf(unknown, path));
  const properties = [
    ...changed.map((each) =>
      isOneOf(known, each.path) ? { ...each, inPlace: base.version } : each,
    ),
    ...unknown.map(({ path }) => editOf(base, path, valueAt(actual, path))),
  ];
  return {
    properties,
    behindAliases: behindAliases(sight, wanted).filter(
      ({ inPlace, path }) =>
        !properties.some((each) => each.inPlace === inPlace && isWithin(each.path, path)),
    ),
    ours: [...differences(agentTable, start, wanted, "trusted"), ...unknown],
    isDefaultEdited: base === remote && edits.length > 0,
  };
}

/** Edits in place that an apply would take from callers of an alias, since the file lets it follow. */
export function takenFromCallers(
  edits: readonly PropertyDrift[],
  { agent, aliases, target }: OutsideSight,
): readonly PropertyDrift[] {
  const wanted = canonical(agentTable, target);
  const leaves = (each: PropertyDrift) =>
    aliases.some(
      ({ alias, version }) => version === each.inPlace && agent.aliases.get(alias) === "latest",
    );
  return edits.filter((each) => leaves(each) && !sameJson(each.after, valueAt(wanted, each.path)));
}

function behindAliases(sight: OutsideSight, wanted: JsonObject): readonly PropertyDrift[] {
  const { remote, history, aliases, references } = sight;
  const others = history.filter((each) => each.version !== remote.version);
  return others.flatMap((version) => {
    const named = namedAliases(version);
    const isStoodOn = aliases.some(
      (each) => each.version === version.version && named.includes(each.alias),
    );
    if (!isStoodOn) return [];
    const content = canonical(agentTable, withConfigReferences(version, references));
    return editsInPlace(version, sight).map(({ path }) => {
      const edit = editOf(version, path, valueAt(content, path));
      if (!isKnown(version, path, sight)) return edit;
      const { beforeUnknown: _known, ...rest } = edit;
      return { ...rest, before: valueAt(wanted, path) };
    });
  });
}

function editOf(version: RemoteAgent, path: PropertyPath, after: Json | undefined): PropertyDrift {
  return { path, before: undefined, after, inPlace: version.version, beforeUnknown: true };
}

/** Whether what was sent is what the file still says. */
function isKnown(
  version: RemoteAgent,
  path: PropertyPath,
  { spec, target }: OutsideSight,
): boolean {
  return tagsOf(version)?.spec === spec || wasSentAs(version, path, target);
}

function isOneOf(edits: readonly Mismatch[], path: PropertyPath): boolean {
  return edits.some((edit) => isWithin(path, edit.path));
}
