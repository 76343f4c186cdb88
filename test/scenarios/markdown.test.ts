import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/agent/json.ts";
import { complaints } from "../report/markdown/judge.ts";
import { acme, type Outcome, type Stage, setStage } from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.close());

const team = (instructions: string) =>
  acme({ triage: { instructions, handoffs: ["billing"], aliases: ["prod"] }, billing: {} });

/** What a run printed on stdout, which is one whole document and nothing besides. */
function documentOf({ out }: Outcome): string {
  expect(complaints(out)).toEqual([]);
  return out;
}

test("plan, apply, plan, drift: each is one document on stdout, and exit codes are as ever", async () => {
  stage.write(team("Sort it out."));
  const first = await stage.run("plan --format markdown --detailed-exitcode");
  expect(first.code).toBe(2);
  expect(documentOf(first)).toContain("**Plan:** 2 to create; 1 alias to move; 2 new versions.");
  const done = await stage.run("apply --auto-approve --format markdown");
  expect(done.code).toBe(0);
  expect(documentOf(done)).toMatch(/^<!-- agentvane apply: project=acme, environment= -->\n/);
  expect(documentOf(done)).toContain("✅ **Applied:** 2 versions written, 1 alias moved");
  const again = await stage.run("plan --format markdown --detailed-exitcode");
  expect(again.code).toBe(0);
  expect(documentOf(again)).toContain("✅ **No changes.** All 2 agents match");
  const drift = await stage.run("drift --format markdown");
  expect(documentOf(drift)).toContain("✅ **No drift.**");
});

test.each(["json", "markdown", "html"])(
  "how a run is going, and what fails, is on stderr beside a document in %s",
  async (format) => {
    stage.write(team("Sort it out."));
    const plan = await stage.run(`plan --format ${format}`);
    expect(plan).toMatchObject({ code: 0, err: "" });
    const done = await stage.run(`apply --auto-approve --format ${format}`);
    expect(done.err).toMatch(/^\[3\/3\] ✓ moved triage prod /m);
    stage.write(team("Sort it out at once."));
    const quiet = await stage.run(`apply --auto-approve -q --format ${format}`);
    expect(quiet).toMatchObject({ code: 0, err: "" });
    stage.write(acme({ triage: { modle: "m" } }));
    const failed = await stage.run(`plan --format ${format}`);
    expect(failed.code).toBe(3);
    expect(failed.err).toContain('error[unknown_key]: "modle" is not known here');
    expect(failed.out).toContain("modle");
  },
);

describe("also a failure is a whole document:", () => {
  test("a file that cannot be used", async () => {
    stage.write(acme({ triage: { handoffs: ["bling"], modle: "m" } }));
    const outcome = await stage.run("plan --format markdown");
    expect(outcome.code).toBe(3);
    const document = documentOf(outcome);
    expect(document).toContain("❌ **Refused.**");
    expect(document).toContain('- **"modle" is not known here**, `agents.yaml:');
    expect(document).toContain('  - Did you mean "model"?');
  });

  test("a plan that is refused", async () => {
    stage.write(acme({ triage: { id: "ag_nobody" } }));
    const outcome = await stage.run("plan --format markdown");
    expect(outcome.code).toBe(3);
    expect(documentOf(outcome)).toContain("#### Refused\n\n- **triage is bound to `ag_nobody`");
  });

  test("a server that says no", async () => {
    stage.write(team("x"));
    stage.emulator.faults.add({ status: 401, times: null, body: { detail: "@octocat: no" } });
    const outcome = await stage.run("plan --format markdown");
    expect(outcome.code).toBe(1);
    expect(documentOf(outcome)).toMatch(
      /#### Errors\n\n- \*\*page 1 of the agent list: `@octocat`: no \(GET `/,
    );
  });

  test("a saved plan that does not hold any more", async () => {
    stage.write(team("x"));
    await stage.run("plan --out plan.json --format markdown");
    stage.write(team("y"));
    const outcome = await stage.run("apply plan.json --format markdown");
    expect(outcome.code).toBe(4);
    expect(documentOf(outcome)).toContain(
      "- **the plan is stale: the server or the configuration has changed since**",
    );
  });

  test("nobody there to approve", async () => {
    stage.write(team("x"));
    const outcome = await stage.run("apply --format markdown");
    expect(outcome.code).toBe(64);
    expect(documentOf(outcome)).toContain("❌ **Failed. Nothing was applied.**");
  });

  test("a flag that there is not", async () => {
    const outcome = await stage.run("plan --format markdown --nope");
    expect(outcome.code).toBe(64);
    expect(documentOf(outcome)).toContain("- **plan has no flag `--nope`**");
  });

  test("a gate that does not pass, with what it said", async () => {
    const gate = { run: "echo '```' '@octocat'; exit 3" };
    stage.write({ ...(team("x") as JsonObject), gates: [gate] });
    expect(documentOf(await stage.run("plan --format markdown"))).toContain(
      "#### Gates, which must pass before anything is released\n\n- ````echo '```' '@octocat'; exit 3```` for",
    );
    const outcome = await stage.run("apply --auto-approve --format markdown");
    expect(outcome.code).toBe(5);
    expect(documentOf(outcome)).toContain("ended with exit code 3; nothing is released**");
    expect(documentOf(outcome)).toContain("\n  ````text\n  ``` @octocat\n  ````\n");
  });

  test("an alias that cannot be moved: what failed, and what was reverted", async () => {
    const both = (prompt: string) =>
      acme({
        a: { instructions: prompt, aliases: ["prod"], handoffs: ["b"] },
        b: { instructions: prompt, aliases: ["prod"] },
      });
    stage.write(both("one"));
    await stage.run("apply --auto-approve");
    stage.write(both("two"));
    stage.emulator.faults.add({ method: "PUT", skip: 1, times: 1, status: 422 });
    const outcome = await stage.run("apply --auto-approve --parallelism 1 --format markdown");
    expect(outcome.code).toBe(5);
    const document = documentOf(outcome);
    expect(document).toContain("❌ **Not released.**");
    expect(document).toContain("| pointers moved | 1 | 1 |");
    expect(document).toMatch(/#### Reverted\n\n- ↩ reverted/);
  });
});

/** Hundreds of agents take a while on a busy machine. */
const patience = 180_000;

/** A prompt of about 20 KB in which everything is tried. */
function prompt(agent: number, mark: string): string {
  const line = (at: number) =>
    [
      "```",
      "````diff",
      `</details></summary><script>alert(${at})</script>`,
      `<!-- --> <img src=x onerror=alert(1)> @octocat please see #${at} and !${at}`,
      "/close",
      "[click](javascript:alert(1)) ![x](http://x.y/z.png) www.x.y",
      `Line ${at} of agent ${agent}: be kind, be brief, and never promise what you cannot keep.`,
    ][at % 7];
  const lines = Array.from({ length: 400 }, (_, at) => line(at));
  return lines.map((text, at) => (at % 40 === 6 ? `${text} ${mark} @${mark}` : text)).join("\n");
}

test(
  "300 changed prompts of 20 KB full of tricks make one inert comment, the same each time",
  async () => {
    const fleet = (mark: string) =>
      acme(
        Object.fromEntries(
          Array.from({ length: 300 }, (_, at) => [
            `agent-${at}`,
            {
              instructions: prompt(at, mark),
              aliases: ["prod"],
              ...(at === 7 && { model: `${mark}-model` }),
            },
          ]),
        ),
      );
    stage.write(fleet("first"));
    expect((await stage.run("apply --auto-approve --format json")).code).toBe(0);
    stage.write(fleet("second"));
    const outcome = await stage.run("plan --format markdown");
    expect(outcome.code).toBe(0);
    const document = documentOf(outcome);
    expect(document.length).toBeGreaterThan(50_000);
    expect([...document].length).toBeLessThanOrEqual(65_536);
    expect(document).toContain("**Plan:** 300 to update; 300 aliases to move; 300 new versions.");
    expect(document.match(/^#{3,4} .*/gm)).toEqual([
      "### agentvane plan: `acme`",
      "#### Other models",
      "#### Pointers to move once every version is built and verified",
      "#### Agents",
    ]);
    expect(document).toContain("| `prod` | new version | 300 |");
    expect(document).toContain("<summary>300 aliases, one by one</summary>");
    expect(document.match(/^\*\*Update\*\* `agent-\d+`/gm)).toHaveLength(300);
    expect(document).toMatch(/… 2\d\d agents not shown in full: the comment would be too long\./);
    expect(document).toContain("+ Line 6 of agent 0: be kind,");
    expect((await stage.run("plan --format markdown")).out).toBe(document);
  },
  patience,
);

test(
  "what does not fit even in a line is counted, and what is dangerous is kept",
  async () => {
    const key = (at: number) => `agent-with-a-long-key-of-sixty-characters-for-a-long-list-${at}`;
    const name = "A name as long as names of agents are when many people have had a say";
    const agents = Array.from({ length: 500 }, (_, at) => [key(at), { name }] as const);
    stage.write(acme(Object.fromEntries(agents)));
    expect((await stage.run("apply --auto-approve --format json")).code).toBe(0);
    const kept = agents
      .slice(0, 499)
      .map(([each]) => [each, { name, description: "new" }] as const);
    stage.write(acme(Object.fromEntries(kept)));
    const document = documentOf(await stage.run("plan --prune --format markdown"));
    expect(document).toContain(`#### Deleted for good\n\n- \`${key(499)}\``);
    const shown = document.match(/^\*\*Update\*\*/gm)?.length ?? 0;
    const left = Number(/\*\*(\d+) more agents\*\* left out/.exec(document)?.[1]);
    expect(shown).toBeGreaterThan(300);
    expect(shown + left).toBe(499);
  },
  patience,
);
