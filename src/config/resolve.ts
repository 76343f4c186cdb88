import { type Kind, type Property, rowsOfCase } from "../agent/property.ts";
import { asFlag, asNumber } from "./coerce-template.ts";
import type { Expand, SecretRule } from "./expand.ts";
import { fileText } from "./file-text.ts";
import { parseFile } from "./parse-yaml.ts";
import type { ReportProblem } from "./problem-log.ts";
import type { ProjectFiles } from "./project-files.ts";
import { type SourceRange, type SourceText, wholeRange } from "./source-text.ts";
import { isUnset, type Member, memberOf, type Scalar, type Tree, textOf } from "./tree.ts";
import { bareToolTypes } from "./written-agent.ts";

/** What resolving needs: where files come from, how templates are replaced, and what was loaded already. */
export type Resolving = {
  readonly files: ProjectFiles;
  readonly expand: Expand;
  readonly report: ReportProblem;
  readonly texts: Map<string, Tree>;
  readonly objects: Map<SourceText, Tree>;
};

/**
 * Fills in the templates and files of what these rows describe; every value keeps the range it comes from.
 * What is not of its kind stays as it is, and the check reports it.
 */
export function resolveMembers(resolving: Resolving, rows: readonly Property[], tree: Tree): Tree {
  return mapMembers(tree, (value, name) => {
    const row = rows.find((candidate) => candidate.name === name);
    return row === undefined ? value : resolveValue(resolving, row.kind, value);
  });
}

/** Fills in the templates and files of one value of a kind. */
export function resolveValue(resolving: Resolving, kind: Kind, tree: Tree): Tree {
  const path = pathOfFile(tree);
  switch (kind.kind) {
    case "text":
    case "prose":
      if (path !== undefined) return textOfFile(resolving, path, "secrets_refused");
      return resolveText(resolving, tree, "secrets_refused");
    case "secret":
      if (path !== undefined) return textOfFile(resolving, path, "secrets_allowed");
      return resolveText(resolving, tree, "secrets_allowed");
    case "record":
    case "variant":
    case "json":
      return resolveObject(
        resolving,
        kind,
        path === undefined ? tree : objectOfFile(resolving, path),
      );
    case "toolbox":
      return mapItems(tree, (tool) => resolveValue(resolving, kind.of, written(tool)));
    case "list":
      return mapItems(tree, (item) => resolveValue(resolving, kind.of, item));
    case "number":
      return coerced(resolveText(resolving, tree, "secrets_refused"), asNumber);
    case "flag":
      return coerced(resolveText(resolving, tree, "secrets_refused"), asFlag);
    case "choice":
      return resolveText(resolving, tree, "secrets_refused");
    case "labels":
      return mapMembers(resolveTexts(resolving, tree), (value) =>
        kind.numbers ? coerced(value, asNumber) : value,
      );
    case "texts":
    case "set":
    case "handoffs":
      return resolveTexts(resolving, tree);
  }
}

/** An object, written in agents.yaml or in a file of its own: files inside it are followed. */
function resolveObject(
  resolving: Resolving,
  kind: Kind & { readonly kind: "record" | "variant" | "json" },
  tree: Tree,
): Tree {
  switch (kind.kind) {
    case "record":
      return resolveMembers(resolving, kind.rows, tree);
    case "variant": {
      const rows = rowsOfCase(kind, textOf(memberOf(tree, kind.by)));
      return resolveMembers(resolving, rows ?? [], tree);
    }
    case "json":
      return resolveTexts(resolving, tree);
  }
}

/** A scalar with the value that it has where a number or a flag is asked for. */
function coerced(tree: Tree, read: (scalar: Scalar) => Scalar["value"]): Tree {
  if (tree.kind !== "scalar") return tree;
  const value = read(tree);
  return value === tree.value ? tree : { ...tree, value };
}

function resolveText(resolving: Resolving, tree: Tree, rule: SecretRule): Tree {
  return tree.kind === "scalar" ? resolving.expand(tree, rule) : tree;
}

/** Templates of all texts inside, at any depth. */
function resolveTexts(resolving: Resolving, tree: Tree): Tree {
  switch (tree.kind) {
    case "scalar":
      return resolving.expand(tree, "secrets_refused");
    case "list":
      return mapItems(tree, (item) => resolveTexts(resolving, item));
    case "map":
      return mapMembers(tree, (value) => resolveTexts(resolving, value));
    case "broken":
      return tree;
  }
}

/** The path in `{ file: path }`, or undefined where a value is not of that form. */
function pathOfFile(tree: Tree): Scalar | undefined {
  if (tree.kind !== "map" || tree.members.size !== 1) return undefined;
  const path = tree.members.get("file")?.value;
  return path?.kind === "scalar" && textOf(path) !== undefined ? path : undefined;
}

function textOfFile(resolving: Resolving, named: Scalar, rule: SecretRule): Tree {
  const source = openFile(resolving, named);
  if (source === undefined) return broken(named);
  const identity = `${rule} ${source.path}`;
  const known = resolving.texts.get(identity);
  if (known !== undefined) return known;
  const text = resolving.expand(fileText(wholeRange(source)), rule);
  resolving.texts.set(identity, text);
  return text;
}

function objectOfFile(resolving: Resolving, named: Scalar): Tree {
  const source = openFile(resolving, named);
  if (source === undefined) return broken(named);
  const known = resolving.objects.get(source);
  if (known !== undefined) return known;
  const tree = parseFile(source, resolving.report);
  const further = tree && pathOfFile(tree);
  if (further !== undefined) {
    resolving.report(further, { code: "unknown_key", name: "file", known: [], suggestions: [] });
  }
  const object = tree === undefined || further !== undefined ? broken(wholeRange(source)) : tree;
  resolving.objects.set(source, object);
  return object;
}

function openFile(resolving: Resolving, named: Scalar): SourceText | undefined {
  const filled = resolving.expand(named, "secrets_refused");
  const path = textOf(filled);
  if (path === undefined || isUnset(filled)) return undefined;
  if (path === "") {
    resolving.report(named, { code: "empty_value" });
    return undefined;
  }
  const located = resolving.files.locate(path, named);
  return located === undefined ? undefined : resolving.files.open(located, named);
}

/** A tool as a map: a bare type is short for `{ type: … }`. */
function written(tool: Tree): Tree {
  const type = textOf(tool);
  if (type === undefined || !bareToolTypes.includes(type)) return tool;
  const { source, start, end } = tool;
  const member: Member = { key: tool, value: tool };
  return { kind: "map", members: new Map([["type", member]]), source, start, end };
}

/** The same tree where nothing changes, which keeps large files cheap. */
function mapMembers(tree: Tree, change: (value: Tree, name: string) => Tree): Tree {
  if (tree.kind !== "map") return tree;
  let changed = false;
  const members = new Map<string, Member>();
  for (const [name, { key, value }] of tree.members) {
    const next = change(value, name);
    changed ||= next !== value;
    members.set(name, { key, value: next });
  }
  return changed ? { ...tree, members } : tree;
}

function mapItems(tree: Tree, change: (item: Tree) => Tree): Tree {
  if (tree.kind !== "list") return tree;
  const items = tree.items.map(change);
  return items.every((item, at) => item === tree.items[at]) ? tree : { ...tree, items };
}

function broken({ source, start, end }: SourceRange): Tree {
  return { kind: "broken", source, start, end };
}
