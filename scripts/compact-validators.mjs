const text = String.raw`"(?:[^"\\]|\\.)*"`;

/**
 * What ajv writes at each place, and the call that does the same. `params` stay for the keywords whose readers need them.
 * The code of ajv also copies all errors that there are whenever a part has more of them, which takes minutes for a hundred
 * thousand: here they are added to the list.
 */
const replacements = (readsParams) => [
  [
    new RegExp(
      String.raw`const (err\d+) = \{instancePath(?::(.+?))?,schemaPath:${text},keyword:(${text}),params:(\{.*?\}),` +
        String.raw`schema:(?:${text}|[-\w.]+),parentSchema:([^,]+),data(?::(\w+))?(?:,propertyName:(\w+))?\};` +
        String.raw`if\(vErrors === null\)\{vErrors = \[\1\];\}else \{vErrors\.push\(\1\);\}`,
      "g",
    ),
    (_all, _error, path = "instancePath", keyword, params, schema, data = "data", name) => {
      const read = readsParams(JSON.parse(keyword)) ? params : "{}";
      const about = [path, keyword, schema, data, read, name].filter((word) => word !== undefined);
      return `vErrors = fail(vErrors, ${about.join(", ")});`;
    },
  ],
  [
    /const (err\d+) = \{\};if\(vErrors === null\)\{vErrors = \[\1\];\}else \{vErrors\.push\(\1\);\}/g,
    "vErrors = addErrors(vErrors, [{}]);",
  ],
  [
    /vErrors === null \? (\w+)\.errors : vErrors\.concat\(\1\.errors\)/g,
    "addErrors(vErrors, $1.errors)",
  ],
  [
    /\(data, \{instancePath="", parentData, parentDataProperty, rootData=data\}=\{\}\)/g,
    '(data, instancePath = "")',
  ],
  [
    /\{instancePath(?::([^{}]+?))?,parentData(?::\w+)?,parentDataProperty(?::[^{}]+?)?,rootData\}/g,
    (_all, path = "instancePath") => path,
  ],
  [/(\w+) && typeof \1 == "object" && !Array\.isArray\(\1\)/g, "isObject($1)"],
  [/(\w+)\.(\w+) !== undefined && func0\.call\(\1, "\2"\)/g, 'has($1, "$2")'],
  [/\((\w+)\.(\w+) === undefined\) \|\| \(!\(func0\.call\(\1, "\2"\)\)\)/g, '!has($1, "$2")'],
];

const helpers = `
function fail(all, instancePath, keyword, parentSchema, data, params, propertyName) {
  const error = { instancePath, keyword, params, parentSchema, data };
  return addErrors(all, [propertyName === undefined ? error : { ...error, propertyName }]);
}
function addErrors(all, more) {
  if (all === null) return more;
  for (const each of more) all.push(each);
  return all;
}
function isObject(data) {
  return typeof data === "object" && data !== null && !Array.isArray(data);
}
function has(data, name) {
  return data[name] !== undefined && Object.prototype.hasOwnProperty.call(data, name);
}
`;

/**
 * The code of ajv in half of the bytes: every run loads it, and Node parses each byte. What ajv repeats at each place
 * becomes a call.
 */
export function compactValidators(code, readsParams) {
  const result = replacements(readsParams).reduce(
    (text, [from, to]) => text.replaceAll(from, to),
    code,
  );
  if (/schemaPath:|[{,]schema:|\.concat\(|\.push\(|rootData|const err/.test(result)) {
    throw new Error("ajv writes code that is not known here");
  }
  return result + helpers;
}
