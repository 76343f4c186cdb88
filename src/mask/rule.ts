import type { Mask } from "./mask.ts";

/** How secrets are masked in a value. Returns the same value if it contains none. */
export type Rule<Value> = (value: Value, mask: Mask) => Value;

/** A text from outside. */
export const text: Rule<string> = (value, mask) => mask.text(value);

/** A text of agentvane that may quote one from outside, or a name that a user typed. */
export const own: Rule<string> = (value, mask) => mask.own(value);

/** A name that is compared later, or that selects something. */
export const named: Rule<string> = (value, mask) => mask.name(value);

/** For values that are never masked: digests, names that are compared, agentvane's own words. */
export const kept = <Value>(value: Value): Value => value;

/** Whether values of a type cannot contain a secret: numbers, literal types, keys, ids, versions. */
type IsKept<Value> = IsKeptText<Exclude<Value, number | boolean | null | undefined>>;

type IsKeptText<Value> = [Value] extends [never]
  ? true
  : [Value] extends [string]
    ? string extends Value
      ? false
      : true
    : [Value] extends [readonly (infer Item)[]]
      ? IsKept<Item>
      : [Value] extends [ReadonlyMap<infer Key, infer Item>]
        ? IsKept<Key> extends true
          ? IsKept<Item>
          : false
        : false;

/** A rule for each member that may contain a secret. A member of type string always needs one. */
export type Rules<Value> = {
  readonly [Name in keyof Value as IsKept<Exclude<Value[Name], undefined>> extends true
    ? never
    : Name]-?: Rule<Exclude<Value[Name], undefined>>;
};

/** The variants of a union with a tag. */
type Tagged<Union, Tag extends string, Name> = Union extends { readonly [Key in Tag]: infer Found }
  ? Name extends Found
    ? Union
    : never
  : never;

/** Rules for each variant of a union, by its tag; a variant without secrets needs none. */
export type CaseRules<Union extends { readonly [Key in Tag]: string }, Tag extends string> = {
  readonly [Name in Union[Tag] as keyof Rules<Tagged<Union, Tag, Name>> extends never
    ? never
    : Name]: Rules<Tagged<Union, Tag, Name>>;
};

/** A rule for an object, from the rules of its members. */
export function members<Value extends object>(rules: Rules<Value>): Rule<Value> {
  const entries = Object.entries(rules) as [keyof Value, Rule<unknown>][];
  return (value, mask) => {
    let result = value;
    for (const [name, rule] of entries) {
      const before: unknown = value[name];
      const after = before === undefined ? before : rule(before, mask);
      if (after !== before) result = { ...result, [name]: after };
    }
    return result;
  };
}

/** A rule for a union, from the rules of its variants. */
export function cases<Union extends { readonly [Key in Tag]: string }, Tag extends string>(
  tag: Tag,
  rules: CaseRules<Union, Tag>,
): Rule<Union> {
  const known = new Map(
    Object.entries(rules).map(([name, each]) => [name, members(each as Rules<object>)]),
  );
  return (value, mask) => {
    const rule = known.get(value[tag]) as Rule<Union> | undefined;
    return rule === undefined ? value : rule(value, mask);
  };
}

/** A rule for a list, from that of its items. */
export function each<Item>(rule: Rule<Item>): Rule<readonly Item[]> {
  return (list, mask) => {
    const masked = list.map((item) => rule(item, mask));
    return masked.every((item, at) => item === list[at]) ? list : masked;
  };
}

/** A rule for a map, from those of its keys and values. */
export function entries<Key, Value>(
  key: Rule<Key>,
  value: Rule<Value>,
): Rule<ReadonlyMap<Key, Value>> {
  return (map, mask) => new Map([...map].map(([name, of]) => [key(name, mask), value(of, mask)]));
}
