import fc from "fast-check";
import { expect, test } from "vitest";
import { type RunGit, relationsTo } from "../../../src/cli/git/commit-relations.ts";
import { type CommitGraph, commitId, contained, relationsIn } from "../../commands/commit-graph.ts";

const names = ["a", "b", "c", "d", "e", "f"] as const;
/** A commit that the repository does not have. */
const foreign = commitId("9");

/** Histories of six commits, each with any parents among the ones before it. */
const graphs: fc.Arbitrary<CommitGraph> = fc
  .tuple(...names.map((_name, at) => fc.subarray(names.slice(0, at))))
  .map((parents) => Object.fromEntries(names.map((name, at) => [name, parents[at] ?? []])));

/** Git, as far as it is asked: `cat-file --batch-check` and `rev-list --stdin`. */
function gitOf(graph: CommitGraph): RunGit {
  const all = Object.keys(graph);
  const nameOf = (commit: string) => all.find((name) => commitId(name) === commit);
  return async (args, input) => {
    const asked = input.trim().split("\n");
    const lines =
      args[0] === "cat-file"
        ? asked.map((commit) =>
            nameOf(commit) === undefined ? `${commit} missing` : `${commit} commit 200`,
          )
        : listed(graph, args.includes("--ancestry-path"), asked);
    return { status: 0, out: Buffer.from(lines.map((line) => `${line}\n`).join("")), err: "" };
  };
}

/** What the commits contain and the excluded one does not; of those only its descendants, if that is asked. */
function listed(
  graph: CommitGraph,
  isOnPath: boolean,
  asked: readonly string[],
): readonly string[] {
  const names = (commits: readonly string[]) =>
    Object.keys(graph).filter((name) => commits.includes(commitId(name)));
  const [bottom = ""] = names(asked.flatMap((each) => (each[0] === "^" ? each.slice(1) : [])));
  const inside = contained(graph, bottom);
  const reached = new Set(names(asked).flatMap((name) => [...contained(graph, name)]));
  return [...reached]
    .filter((name) => !inside.has(name))
    .filter((name) => !isOnPath || contained(graph, name).has(bottom))
    .map(commitId);
}

test("law: commits stand to each other as the graph says", async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(graphs, fc.constantFrom(...names), async (graph, head) => {
      const commits = [...names.map(commitId), foreign];
      const found = await relationsTo(gitOf(graph), commitId(head), false)(commits);
      expect(found).toEqual(await relationsIn(graph, head)(commits));
      for (const relation of found.values()) seen.add(relation);
    }),
  );
  expect([...seen].sort()).toEqual(["ancestor", "descendant", "diverged", "same", "unrelated"]);
});

const line: CommitGraph = { a: [], b: ["a"], c: ["b"], x: ["a"] };
const commits = ["a", "b", "c", "x"].map(commitId);

test("in a shallow clone what is not found is not known, and what is found counts", async () => {
  const found = await relationsTo(gitOf(line), commitId("b"), true)([...commits, foreign]);
  expect([...found.values()]).toEqual(["ancestor", "same", "descendant", "unknown", "unknown"]);
});

test.each(["cat-file", "rev-list", "--ancestry-path"])(
  "nothing is known where git fails at %s",
  async (broken) => {
    const git = gitOf(line);
    const failing: RunGit = async (args, input) =>
      args.includes(broken) ? { status: 128, out: Buffer.alloc(0), err: "" } : git(args, input);
    const found = await relationsTo(failing, commitId("b"), false)(commits);
    expect([...found.values()]).toEqual(["unknown", "same", "unknown", "unknown"]);
  },
);
