import { describe, expect, test } from "vitest";
import { identify } from "../../src/plan/identify.ts";
import { refusalExitCode } from "../../src/plan/refusal-table.ts";
import { applied, at, key, plan, project, remoteAgent, tags } from "./world.ts";

const kinds = (refusals: readonly { readonly kind: string }[]) => refusals.map(({ kind }) => kind);

describe("who is who", () => {
  test("tags decide, names never do", () => {
    const named = remoteAgent({ id: "ag_9", name: "a" });
    const ours = applied({ key: "a" });
    const found = identify(project({ key: "a" }), [named, ours]);
    expect(found.remoteOf.get("a" as never)?.id).toBe("ag_a");
    expect(found.unowned).toEqual([named]);
  });

  test("other projects and environments are nobody's business", () => {
    const other = applied({ key: "a" }, { metadata: tags("a", { project: "else" }) });
    const found = identify(project({ key: "a" }), [other]);
    expect(found.remoteOf.size).toBe(0);
    expect(found.unowned).toEqual([]);
    expect(found.refusals).toEqual([]);
  });

  test("a key that left the file is an orphan, unless it is bound by id", () => {
    expect(
      identify(project({ key: "b" }), [applied({ key: "a" })]).orphans.map(({ key }) => key),
    ).toEqual(["a"]);
  });
});

describe("refusals", () => {
  const copy = applied(
    { key: "a" },
    {
      id: "ag_copy",
      version: 1,
      versions: [0, 1],
      created_at: "2026-02-01T00:00:00Z",
      metadata: tags("a"),
    },
  );
  test.each([
    ["id of no agent", project({ key: "a", id: "ag_x" }), [], ["unknown_id"], 3],
    [
      "id of another project's",
      project({ key: "a", id: "ag_a" }),
      [applied({ key: "a" }, { metadata: tags("a", { project: "else" }) })],
      ["owned_elsewhere"],
      3,
    ],
    [
      "id of another key's",
      project({ key: "a", id: "ag_b" }),
      [applied({ key: "b" })],
      ["owned_elsewhere"],
      3,
    ],
    [
      "id of another environment's",
      project({ key: "a", id: "ag_a" }),
      [applied({ key: "a" }, { metadata: tags("a", { environment: "prod" }) })],
      ["owned_elsewhere"],
      3,
    ],
    [
      "id and another owner by tags",
      project({ key: "a", id: "ag_new" }),
      [applied({ key: "a" }), remoteAgent({ id: "ag_new" })],
      ["second_owner"],
      4,
    ],
    [
      "two with the same tags",
      project({ key: "a" }),
      [copy, applied({ key: "a" })],
      ["duplicate_owner"],
      4,
    ],
    [
      "the key under an environment",
      project({ key: "a" }),
      [applied({ key: "a" }, { metadata: tags("a", { environment: "prod" }) })],
      ["other_environment_form"],
      3,
    ],
    [
      "the key that it was renamed from under no environment",
      {
        ...project({ key: "b" }),
        renames: [{ from: key("a"), to: key("b"), at }],
        environment: "prod",
      },
      [applied({ key: "a" })],
      ["other_environment_form"],
      3,
    ],
    [
      "the key under no environment",
      { ...project({ key: "a" }), environment: "prod" },
      [applied({ key: "a" })],
      ["other_environment_form"],
      3,
    ],
  ] as const)("%s", (_name, desired, agents, expected, exit) => {
    const { refusals } = plan(desired, agents);
    expect(kinds(refusals)).toEqual(expected);
    expect(refusalExitCode(refusals)).toBe(exit);
  });

  test("of two owners, the older comes first and the one that proves itself is known", () => {
    const [refusal] = identify(project({ key: "a" }), [copy, applied({ key: "a" })]).refusals;
    expect(refusal).toMatchObject({
      suspects: [
        { id: "ag_a", provesItself: true },
        { id: "ag_copy", provesItself: false },
      ],
    });
  });

  test("a namesake of nobody stops a create, unless that is allowed or it belongs to another project", () => {
    const namesake = remoteAgent({ id: "ag_9", name: "a" });
    const desired = project({ key: "a" });
    expect(kinds(plan(desired, [namesake]).refusals)).toEqual(["name_taken"]);
    expect(plan(desired, [namesake], { options: { allowDuplicateNames: true } }).refusals).toEqual(
      [],
    );
    const owned = applied({ key: "z" }, { name: "a", metadata: tags("z", { project: "else" }) });
    expect(plan(desired, [owned]).refusals).toEqual([]);
  });

  test("an edit that dropped the tags is found by the older versions, also under another name", () => {
    const edited = remoteAgent({ id: "ag_a", name: "renamed", version: 1, versions: [0, 1] });
    const histories = new Map([[edited.id, [edited, applied({ key: "a" })]]]);
    const desired = project({ key: "a" });
    const options = { allowDuplicateNames: true };
    expect(kinds(plan(desired, [edited], { histories, options }).refusals)).toEqual(["tags_lost"]);
    expect(plan(desired, [edited], { options }).refusals).toEqual([]);
    expect(plan(project({ key: "a", id: "ag_a" }), [edited], { histories }).refusals).toEqual([]);
    const renames = [{ from: key("a"), to: key("b"), at }];
    const renamed = { ...project({ key: "b" }), renames };
    expect(kinds(plan(renamed, [edited], { histories }).refusals)).toEqual(["tags_lost"]);
    expect(plan(project({ key: "b" }), [edited], { histories }).refusals).toEqual([]);
  });
});
