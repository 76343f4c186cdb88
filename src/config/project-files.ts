import type { ReportProblem } from "./problem-log.ts";
import { type SourceRange, type SourceText, sourceText } from "./source-text.ts";
import type { Sources } from "./sources.ts";
import { boundedSuggest } from "./suggest.ts";

/** The files of a project, each read once. */
export type ProjectFiles = {
  /** agents.yaml itself; undefined when it cannot be read, which is reported. */
  openMain(): SourceText | undefined;
  /** A file by its path in the project. Undefined when it cannot be had, which is reported at `named`. */
  open(path: string, named: SourceRange): SourceText | undefined;
  /** A path that `named` writes, as a path in the project; undefined when it leads outside, which is reported. */
  locate(path: string, named: SourceRange): string | undefined;
  match(glob: string): readonly string[];
  /** Whether there is a file that could be read, by the path that the file at `named` writes. */
  has(path: string, named: SourceRange): boolean;
  /** Every file that was read, as shown to people, in the order of reading. */
  opened(): readonly string[];
  /** The same with their texts. */
  sources(): readonly SourceText[];
};

/** The files around the agents.yaml that people call `shown`. */
export function projectFiles(sources: Sources, shown: string, report: ReportProblem): ProjectFiles {
  const folder = shown.slice(0, shown.lastIndexOf("/") + 1);
  const main = shown.slice(folder.length);
  const opened = new Map<string, SourceText>();
  const open = (path: string, named: SourceRange) => {
    const known = opened.get(path);
    if (known !== undefined) return known;
    const found = sources.read(path);
    if (found.kind === "fault") {
      const isMain = path === main;
      const near = found.fault === "missing" ? neighbours(sources, path) : [];
      const suggestions = near.map((name) => folder + name);
      const { fault } = found;
      report(named, { code: "file_unavailable", path: folder + path, fault, suggestions, isMain });
      return undefined;
    }
    const source = sourceText(folder + path, path, found.text);
    opened.set(path, source);
    return source;
  };
  return {
    open,
    openMain: () => open(main, { source: sourceText(shown, main, ""), start: 0, end: 0 }),
    locate(path, named) {
      const located = pathFrom(named.source.path, path);
      if (located === undefined) {
        const fault = "outside";
        report(named, { code: "file_unavailable", path, fault, suggestions: [], isMain: false });
      }
      return located;
    },
    has(path, named) {
      const located = pathFrom(named.source.path, path);
      return located !== undefined && sources.read(located).kind === "text";
    },
    match: (glob) => sources.match(glob).filter((path) => path !== main),
    opened: () => [...opened.values()].map((source) => source.file),
    sources: () => [...opened.values()],
  };
}

/** Files of the folder in which a missing one should be, with names like its own. */
function neighbours(sources: Sources, path: string): readonly string[] {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const names = sources.list(folder.replace(/\/$/, ""));
  const name = path.slice(folder.length);
  // A link that leads nowhere is in the list, too.
  const others = names.filter((each) => each !== name);
  return boundedSuggest()(name, others).map((each) => folder + each);
}

/** A path relative to the file that names it, or undefined when it leaves the project's folder. */
function pathFrom(naming: string, path: string): string | undefined {
  if (/^([/\\]|[A-Za-z]:)/.test(path)) return undefined;
  const steps = naming.split("/").slice(0, -1);
  for (const step of path.split("/")) {
    if (step === "..") {
      if (steps.pop() === undefined) return undefined;
    } else if (step !== "." && step !== "") steps.push(step);
  }
  return steps.join("/");
}
