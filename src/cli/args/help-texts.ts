declare const AGENTVANE_HELP: { readonly [topic: string]: string };

/** Every help text by the name of its command, the overview under an empty name; inserted by the build. */
export const helpTexts = AGENTVANE_HELP;
