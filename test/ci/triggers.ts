import { parse } from "yaml";

type Filter = {
  readonly types?: readonly string[];
  readonly branches?: readonly string[];
  readonly paths?: readonly string[];
};

/** What happened at a forge, as the triggers of a workflow see it. */
export type Happening = {
  readonly event: string;
  /** Such as "opened", for events that have several. */
  readonly type?: string;
  readonly branch?: string;
  /** The files that differ. */
  readonly files?: readonly string[];
};

/** Whether GitHub would run a workflow: the event, then its type, branch and files. */
export function isTriggered(workflow: string, happening: Happening): boolean {
  const { on } = parse(workflow) as { readonly on: unknown };
  const events = typeof on === "string" ? { [on]: null } : (on as Record<string, Filter | null>);
  if (!Object.hasOwn(events, happening.event)) return false;
  const { types = usualTypes[happening.event], branches, paths } = events[happening.event] ?? {};
  const isOfType = types === undefined || types.includes(happening.type ?? "");
  const isOnBranch = branches === undefined || branches.includes(happening.branch ?? "");
  const hasFile =
    paths === undefined || (happening.files ?? []).some((each) => matches(paths, each));
  return isOfType && isOnBranch && hasFile;
}

const usualTypes: { readonly [event: string]: readonly string[] } = {
  pull_request: ["opened", "synchronize", "reopened"],
};

/** Whether one of the patterns of `paths` is for a file: `**` is any folders, `*` anything but a slash. */
export function matches(patterns: readonly string[], file: string): boolean {
  return patterns.some((pattern) => {
    const parts = pattern.split(/(\*\*|\*)/).map((part) => {
      if (part === "**") return ".*";
      return part === "*" ? "[^/]*" : part.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
    });
    return new RegExp(`^${parts.join("")}$`).test(file);
  });
}
