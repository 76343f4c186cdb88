declare const AGENTVANE_VERSION: string | undefined;

/** The version in package.json, inserted by the build; "dev" when run from source. */
export const version = typeof AGENTVANE_VERSION === "string" ? AGENTVANE_VERSION : "dev";
