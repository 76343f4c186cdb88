/**
 * The same function, which remembers its result for each object that it was given, as long as the object is there. Only for
 * objects that never change: agents as they were read, and what a file says of them.
 */
export function remembered<Given extends object, Result>(
  make: (given: Given) => Result,
): (given: Given) => Result {
  const results = new WeakMap<Given, { readonly result: Result }>();
  return (given) => {
    const known = results.get(given);
    if (known !== undefined) return known.result;
    const result = make(given);
    results.set(given, { result });
    return result;
  };
}
