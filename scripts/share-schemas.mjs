// Keywords of JSON Schema that hold schemas: one, several by name, several in a row.
const single = ["additionalProperties", "else", "if", "items", "not", "propertyNames", "then"];
const named = ["$defs", "properties"];
const listed = ["anyOf", "oneOf"];

/** Schemas whose text is shorter are not worth a function of their own. */
const smallest = 60;

/**
 * The same schema with each part of some size as a definition that its places refer to. Equal parts are then compiled
 * once, and each becomes a function, which costs nothing in a run that does not need it.
 */
export function shareSchemas(schema) {
  const names = new Map();
  const shared = {};
  const share = (part) => {
    const text = JSON.stringify(part);
    if (text.length < smallest || isReference(part)) return mapParts(part, share);
    if (!names.has(text)) {
      const name = `shared${names.size}`;
      names.set(text, name);
      shared[name] = mapParts(part, share);
    }
    return { $ref: `#/$defs/${names.get(text)}` };
  };
  const { $defs, ...rest } = mapParts(schema, share);
  return { ...rest, $defs: { ...$defs, ...shared } };
}

/** A schema without what only people read; examples stay, which problems quote. */
export function withoutProse({ title, description, ...schema }) {
  return mapParts(schema, withoutProse);
}

/** A schema with something else in place of each schema directly inside it. */
function mapParts(schema, change) {
  const all = (parts) =>
    Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, change(part)]));
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => {
      if (single.includes(keyword) && typeof value === "object") return [keyword, change(value)];
      if (named.includes(keyword)) return [keyword, all(value)];
      return [keyword, listed.includes(keyword) ? value.map(change) : value];
    }),
  );
}

function isReference(schema) {
  return schema.$ref !== undefined && Object.keys(schema).length === 1;
}
