import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RunEvent } from "../../../src/commands/event.ts";
import { everyRow } from "../../../src/report/events/every.ts";
import { textReporter } from "../../../src/report/text/text.ts";
import { applied, plan, project, tags } from "../../plan/world.ts";
import { everyEvent } from "../every-event.ts";

function told(events: readonly RunEvent[], options = { quiet: false }) {
  const said = { out: "", err: "" };
  const reporter = textReporter(
    {
      out: (text) => {
        said.out += text;
      },
      err: (text) => {
        said.err += text;
      },
    },
    { ...options, colour: { out: false, err: false }, rows: everyRow },
  );
  for (const event of events) reporter.take(event);
  reporter.finish();
  return said;
}

const planned = (result: ReturnType<typeof plan>) => told([{ kind: "planned", plan: result }]);

describe("a plan", () => {
  test("an update shows the words that changed", () => {
    const prompt = (middle: string) =>
      `Be kind.\nAsk at most ${middle} question.\nNever promise.\nEnd.\n`;
    const remote = applied({ key: "triage", instructions: prompt("one") });
    const wanted = {
      key: "triage",
      instructions: prompt("two"),
      aliases: { prod: "latest" as const },
    };
    expect(planned(plan(project(wanted), [remote])).out).toMatchInlineSnapshot(`
      "acme on s

      ~ update triage  version 0 → 1 (new)
          ~ instructions:
              @@ line 1
                Be kind.
              - Ask at most one question.
              + Ask at most two question.
                Never promise.
                End.

      Pointers to move once every version is built and verified:
        triage  prod  none → 1 (new)

      Plan: 0 to create, 1 to update, 0 to delete; 1 alias to move; 1 new version.
      "
    `);
  });

  test("what is refused is never told as no changes", () => {
    const settled = plan(project({ key: "a" }), [applied({ key: "a" })]);
    const refusals = [{ kind: "empty_configuration", deletions: 1 }] as const;
    const { out } = planned({ ...settled, refusals });
    expect(out).toContain("Plan refused. Nothing will be applied.");
    expect(out).not.toContain("No changes");
  });

  test("nothing to do is one sentence", () => {
    expect(
      planned(plan(project({ key: "a" }), [applied({ key: "a" })])).out,
    ).toMatchInlineSnapshot(`
      "acme on s

      No changes. 1 agent matches agents.yaml.
      "
    `);
  });

  test("drift is flagged, and what to do about it is said", () => {
    const edited = applied(
      { key: "a", description: "mine" },
      { version: 1, versions: [0, 1], description: "theirs", metadata: tags("a") },
    );
    expect(
      planned(plan(project({ key: "a", description: "mine" }), [edited])).out,
    ).toMatchInlineSnapshot(`
      "acme on s

      ~ update a  version 1 → 2 (new)
          ~ description: "theirs" → "mine"  drift: edited outside

      ! 1 agent changed outside: a.
        Applying overwrites that. To keep it, write it into agents.yaml first.

      Plan: 0 to create, 1 to update, 0 to delete; 0 aliases to move; 1 new version.
      "
    `);
  });

  test("deletions, orphans and adoptions look like what they are", () => {
    const old = applied({ key: "old" });
    expect(
      planned(plan(project(), [old], { options: { prune: true } })).out,
    ).toMatchInlineSnapshot(`
      "acme on s

      - delete old  ag_old and its 1 version

      Plan: 0 to create, 0 to update, 1 to delete; 0 aliases to move; 0 new versions.
      "
    `);
    expect(planned(plan(project(), [old])).out).toMatchInlineSnapshot(`
      "acme on s

      ? orphan old  ag_old, no longer in the file; --prune deletes it

      No changes. agents.yaml has no agents; 1 orphan left alone.
      "
    `);
  });

  test("a refusal says what, where and what to do, on stderr", () => {
    const { err } = planned(plan(project({ key: "a", id: "ag_x" }), []));
    expect(err).toMatchInlineSnapshot(`
      "
      refused[unknown_id]: a is bound to ag_x, which does not exist or is not visible to this API key
        agents.yaml:1:1
        Correct the id, or remove the line to create a new agent.
      More about this: agentvane explain unknown_id
      "
    `);
  });
});

describe("what is approved is shown", () => {
  const schema = { type: "object", properties: { order: { type: "string" } } };
  const lookUp = { type: "function", function: { name: "lookup_order", parameters: schema } };

  test("a new agent's tools whole: schema, libraries, authorization", () => {
    const tools = [
      { type: "web_search" },
      lookUp,
      { type: "document_library", library_ids: ["lib_1", "lib_2"] },
      {
        type: "connector",
        connector_id: "crm",
        authorization: { type: "api-key", value: { secret: "CRM" } },
      },
    ];
    const { out } = planned(plan(project({ key: "triage", tools }), []));
    expect(out).toContain('"order": {');
    expect(out).toContain("lib_2");
    expect(out).toContain("api-key");
    expect(out).toMatch(/^ {8}web_search$/m);
  });

  test("tools that have nothing to show take one line", () => {
    const tools = [{ type: "web_search" }, { type: "code_interpreter" }];
    const { out } = planned(plan(project({ key: "triage", tools }), []));
    expect(out).toContain("tools: code_interpreter, web_search");
  });

  test("a schema of hundreds of lines is folded, and how much is left out is said", () => {
    const properties = Object.fromEntries(
      Array.from({ length: 200 }, (_, at) => [`p${at}`, { type: "string" }]),
    );
    const long = {
      type: "function",
      function: { name: "f", parameters: { type: "object", properties } },
    };
    const { out } = planned(plan(project({ key: "triage", tools: [long] }), []));
    expect(out).toMatch(/… \d+ more lines/);
    expect(out.split("\n").length).toBeLessThan(80);
  });

  test("secrets that nothing is sent for are noted once for all agents", () => {
    const tools = [
      {
        type: "connector",
        connector_id: "crm",
        authorization: { type: "api-key", value: { secret: "CRM" } },
      },
    ];
    const agents = [
      { key: "billing", tools },
      { key: "triage", tools },
    ];
    const { out } = planned(
      plan(
        project(...agents),
        agents.map((each) => applied(each)),
      ),
    );
    expect(out).toContain("values of secrets are not compared (billing, triage)");
    expect(out).toContain("No changes.");
    expect(out.match(/not compared/g)).toHaveLength(1);
  });
});

describe("an apply", () => {
  test("that worked", () => {
    const { err, out } = told([
      { ...everyEvent.apply_started, deletions: 0 },
      everyEvent.agent_written,
      { ...everyEvent.pointer_set, from: 3 as never, to: 4 as never },
      { ...everyEvent.apply_finished, released: true },
    ]);
    expect(err + out).toMatchInlineSnapshot(`
      "release r1
      [1/2] ✓ updated triage ag_1, version 4 (the answer was lost; reading the agent found it)
      [2/2] ✓ moved triage prod 3 → 4
      Applied: 1 version written, 1 alias moved, in 1.2 s.
      "
    `);
  });

  test("that failed and went back, with one pointer that could not", () => {
    const { err, out } = told([
      everyEvent.planned,
      everyEvent.apply_started,
      everyEvent.agent_written,
      everyEvent.move_failed,
      everyEvent.reverted,
      everyEvent.revert_failed,
      everyEvent.apply_finished,
    ]);
    expect(err + out.split("\n").slice(-3).join("\n")).toMatchInlineSnapshot(`
      "release r1
      [1/3] ✓ updated triage ag_1, version 4 (the answer was lost; reading the agent found it)
      ✗ moving triage prod
        expected 3, found none: somebody else moved it
      ↩ reverted triage default version to 3
      ✗ reverting triage prod
        too dull (PATCH /v1/agents/ag_1, status 422, request r-7)
        it should point to 3; to repair it by hand:
        curl -X PUT 'https://api.mistral.ai/v1/agents/ag_1/aliases?alias=prod&version=3' -H "Authorization: Bearer $MISTRAL_API_KEY"
      More about this: agentvane explain move_failed
      Split: triage could not be reverted. Repair it as shown,
      or apply again once the cause is fixed.
      "
    `);
  });
});

test("each stream has colours for itself", () => {
  const said = { out: "", err: "" };
  const sinks = {
    out: (text: string) => {
      said.out += text;
    },
    err: (text: string) => {
      said.err += text;
    },
  };
  const reporter = textReporter(sinks, {
    quiet: false,
    colour: { out: true, err: false },
    rows: everyRow,
  });
  reporter.take(everyEvent.validated);
  reporter.take(everyEvent.key_missing);
  expect(said.out).toContain("\u001b[");
  expect(said.err).not.toContain("\u001b[");
});

test.each(["text", "env", "github", "ts"] as const)(
  "output as %s says that a project has no agents, on stderr unless that is the result",
  (format) => {
    const { output } = everyEvent.output_read;
    const empty = { ...everyEvent.output_read, output: { ...output, agents: [] }, format };
    const said = told([empty]);
    const note = "acme (prod) has no agents on this server.\n";
    expect(format === "text" ? said.out : said.err).toBe(note);
  },
);

/** Told by what follows them, or only by a display that moves. */
const untold = new Set([
  "apply_finished",
  "writing_started",
  "phase_started",
  "step_started",
  "move_started",
]);

describe("everything that can happen", () => {
  test.each(Object.values(everyEvent).map((event) => [event.kind, event] as const))(
    "%s is told without a stack, unless it is our own mistake",
    (kind, event) => {
      const { out, err } = told([event]);
      if (!untold.has(kind)) expect((out + err).trim()).not.toBe("");
      if (kind !== "crashed") expect(out + err).not.toMatch(/^\s+at /m);
      expect(out + err).not.toContain("undefined");
      expect(out + err).not.toContain("[object");
    },
  );

  test("with -q only results and errors are left", () => {
    const quiet = { quiet: true };
    expect(told([everyEvent.apply_started, everyEvent.agent_written], quiet).err).toBe("");
    expect(told([everyEvent.move_failed], quiet).err).not.toBe("");
    expect(told([everyEvent.validated], quiet).out).not.toBe("");
  });
});

test("law: nothing from elsewhere acts on the terminal, or as an order to a build service", () => {
  const nasty = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      "::error::x",
      "a\n::add-mask::b\nc",
      "x\n \t::error::y",
      "##[group]",
      "a###vso[b]",
    ),
    fc.constantFrom("\u001b[2J", "\u009b31m", "\u202eabc", "a\rb", "\u0007", "\ud800", "\u200b"),
  );
  fc.assert(
    fc.property(nasty, nasty, (before, after) => {
      const wanted = {
        key: "a",
        name: `n${after}`,
        model: after || "m",
        instructions: after,
        metadata: { x: after },
      };
      const remote = applied(
        { key: "a" },
        { name: before, description: before, instructions: before },
      );
      const failure = { ...everyEvent.read_failed.failure, reason: before, path: after };
      for (const events of [
        [{ kind: "planned" as const, plan: plan(project(wanted), [remote]) }],
        [{ kind: "planned" as const, plan: plan(project(wanted), []) }],
        [{ kind: "read_failed" as const, failure }],
        [{ ...everyEvent.shown, agents: [{ key: before, agent: remote, aliases: [] }] }],
        [{ ...everyEvent.machine_error, reason: after }],
      ]) {
        const { out, err } = told(events);
        expect(out + err).not.toMatch(
          /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b]/,
        );
        expect(out + err).not.toMatch(/^\s*::|##\w*\[/m);
      }
    }),
    { numRuns: 200 },
  );
});
