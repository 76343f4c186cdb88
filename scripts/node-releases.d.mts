/** Each release with its program; throws with what to do where one is not there. */
export function nodeReleases(): readonly { readonly release: string; readonly program: string }[];
