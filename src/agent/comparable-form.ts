import { canonical } from "./canonical.ts";
import { isList, isObject, type Json, type JsonObject, objectOf, stableText } from "./json.ts";
import { isPlain, type Kind, type Property } from "./property.ts";

/** Most members that count only where they are declared, in one value, of which each may be told apart. */
const mostOptional = 6;

/**
 * The canonical form of one property in which equal contents have one text, so that it can be digested: without
 * what a server may leave out of its answers, and with tools in one order. Null when the property is not set.
 */
export function comparableForm(row: Property, value: Json | undefined): Json {
  return formOf(row, value, () => true);
}

/**
 * Every form that a server's answer may stand for, since it may fill in members that count only where they are
 * declared: with and without each of them. With very many of them only all and none are tried.
 */
export function possibleForms(row: Property, value: Json | undefined): readonly Json[] {
  let count = 0;
  const whole = formOf(row, value, () => {
    count += 1;
    return true;
  });
  if (count === 0) return [whole];
  if (count > mostOptional) return [whole, formOf(row, value, () => false)];
  return Array.from({ length: 2 ** count }, (_, chosen) => {
    let at = -1;
    return formOf(row, value, () => {
      at += 1;
      return ((chosen >> at) & 1) === 1;
    });
  });
}

/** `keeps` is asked of each member that counts only where it is declared, always in the same order. */
function formOf(row: Property, value: Json | undefined, keeps: () => boolean): Json {
  const form = canonical([row], { [row.name]: value ?? null })[row.name];
  if (form === undefined) return null;
  const kept = { [row.name]: stripped(row.kind, form, keeps) };
  return canonical([row], kept)[row.name] ?? null;
}

function stripped(kind: Kind, form: Json, keeps: () => boolean): Json {
  if (isPlain(kind)) return form;
  switch (kind.kind) {
    case "record":
      return isObject(form) ? strippedMembers(kind.rows, form, keeps) : form;
    case "variant": {
      if (!isObject(form)) return form;
      const tag = form[kind.by];
      const rows = typeof tag === "string" ? kind.cases[tag] : undefined;
      if (tag === undefined || rows === undefined) return form;
      return { [kind.by]: tag, ...strippedMembers(rows, form, keeps) };
    }
    case "list":
      return isList(form) ? form.map((item) => stripped(kind.of, item, keeps)) : form;
    case "toolbox":
      return isList(form)
        ? form
            .toSorted(byText)
            .map((item) => stripped(kind.of, item, keeps))
            .toSorted(byText)
        : form;
    case "secret":
    case "labels":
    case "handoffs":
      return form;
  }
}

function strippedMembers(
  rows: readonly Property[],
  form: JsonObject,
  keeps: () => boolean,
): JsonObject {
  return objectOf(
    rows.flatMap((row): [string, Json][] => {
      const member = form[row.name];
      if (member === undefined || row.mayBeHidden || (row.onlyWhenDeclared && !keeps())) return [];
      return [[row.name, stripped(row.kind, member, keeps)]];
    }),
  );
}

function byText(left: Json, right: Json): number {
  return stableText(left) < stableText(right) ? -1 : 1;
}
