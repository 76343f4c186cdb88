import { describe, expect, test } from "vitest";
import type { AliasName } from "../../../src/agent/identity.ts";
import type { RunEvent } from "../../../src/commands/event.ts";
import { maskOf } from "../../../src/mask/mask.ts";
import { maskEvent } from "../../../src/mask/mask-event.ts";
import { everyRow } from "../../../src/report/events/every.ts";
import { pageData } from "../../../src/report/html/content.ts";
import { htmlDocument } from "../../../src/report/html/document.ts";
import { htmlReporter } from "../../../src/report/html/html.ts";
import { alias, applied, id, key, plan, project, type Wanted } from "../../plan/world.ts";
import { everyEvent } from "../every-event.ts";

const assets = { script: "run()", style: "p{}", scriptDigest: "sha256-a", styleDigest: "sha256-b" };

/** An update from version 3 to 4 that prod follows; old stands at 1 and stays. */
const before: Wanted = { key: "triage", description: "was", aliases: { prod: "latest" } };
const update: RunEvent = {
  kind: "planned",
  plan: plan(
    project({ ...before, description: "is" }),
    [applied(before, { version: 3, versions: [0, 1, 2, 3] })],
    { aliases: new Map([[id("ag_triage"), [alias("prod", 3), alias("old", 1)]]]) },
  ),
};

describe("whatever happens", () => {
  test.each(Object.values(everyEvent).map((event) => [event.kind, event] as const))(
    "%s makes a page in every command",
    (_kind, event) => {
      for (const command of ["plan", "drift", "apply"] as const) {
        for (const events of [[event], [everyEvent.planned, everyEvent.apply_started, event]]) {
          const data = pageData(events, command, everyRow);
          const text = htmlDocument({ title: "t", data, json: "{}", text: "" }, assets);
          const found =
            /id="page-data">(.*)<\/script>\n<script type="application\/json" id="d/.exec(text);
          expect(JSON.parse(found?.[1] ?? "")).toEqual(JSON.parse(JSON.stringify(data)));
        }
      }
    },
  );

  test.each(["refused", "drift_refused", "write_failed", "revert_failed", "crashed"] as const)(
    "%s is a danger and turns the verdict",
    (kind) => {
      const { verdict, dangers } = pageData([update, everyEvent[kind]], "apply", everyRow);
      expect(verdict.tone).toBe("error");
      expect(dangers[0]?.tone).toBe("error");
    },
  );
});

describe("the timeline", () => {
  const timeline = (...events: readonly RunEvent[]) => {
    const { agents } = pageData([update, ...events], "apply", everyRow);
    return agents[0]?.timeline.map(({ version, state, pointers }) => {
      const at = pointers.map(({ name, move }) => `${name} ${move}`).join(", ");
      return `${version} ${state}: ${at}`;
    });
  };
  const begin = everyEvent.apply_started;
  const about = { key: key("triage"), id: id("ag_triage") } as const;
  const written = { ...everyEvent.agent_written, ...about, version: 5 as never };
  const moved = {
    ...everyEvent.pointer_set,
    ...about,
    pointer: "prod" as AliasName,
    from: 3 as never,
    to: 5 as never,
  };
  const back = { kind: "reverted", ...about, to: 3 as never } as const;

  test("of a plan: the number that the new version is expected to get", () => {
    expect(timeline()).toEqual([
      "0 stays: ",
      "1 stays: old stays",
      "3 stays: default version leaves, prod leaves",
      "4 built: default version arrives, prod arrives",
    ]);
  });

  test("of an apply that wrote nothing of it: as it was", () => {
    expect(timeline(begin)).toEqual([
      "0 stays: ",
      "1 stays: old stays",
      "3 stays: default version stays, prod stays",
    ]);
  });

  test("of an apply: the number that it got, and who went there", () => {
    expect(timeline(begin, written, moved)?.slice(2)).toEqual([
      "3 stays: default version leaves, prod leaves",
      "5 built: default version arrives, prod arrives",
    ]);
  });

  test("of one whose alias somebody else took: where they put it", () => {
    const prod = { ...about, pointer: "prod" as AliasName };
    const taken = {
      kind: "pointer_taken",
      ...prod,
      expected: 5 as never,
      found: 1 as never,
    } as const;
    const stranger = {
      kind: "move_failed",
      ...prod,
      failure: { kind: "pointer_moved", expected: 3 as never, found: 1 as never },
    } as const;
    for (const events of [
      [written, moved, taken],
      [written, stranger],
    ]) {
      expect(timeline(begin, ...events)?.slice(1)).toEqual([
        "1 stays: old stays, prod arrives",
        "3 stays: default version leaves, prod leaves",
        "5 built: default version arrives",
      ]);
    }
  });

  test("of one that was reverted: the version is there and nobody points at it", () => {
    const events = [
      { ...back, pointer: "prod" as AliasName },
      { ...back, pointer: "@default" as const },
    ];
    expect(timeline(begin, written, moved, ...events)?.slice(2)).toEqual([
      "3 stays: default version stays, prod stays",
      "5 built: ",
    ]);
  });
});

describe("secrets", () => {
  const secret = 's3cr3t<&>"word';
  const maskOfText = (text: string) => maskOf([{ variable: "T", text }], () => false);

  const pageOf = (plan: RunEvent): string => {
    let page = "";
    const write = (text: string) => {
      page += text;
    };

    const reporter = htmlReporter(write, "plan", assets, everyRow);
    reporter.take(maskEvent(plan, maskOfText(secret)));
    reporter.finish();
    return page;
  };

  test("are masked before texts are compared, so that no half of one is marked as changed", () => {
    const old = { key: "a", instructions: "one\nUse s3cr3t for it.\nthree" };
    const now = { ...old, instructions: `one\nUse ${secret} for it.\nthree` };
    const page = pageOf({ kind: "planned", plan: plan(project(now), [applied(old)]) });
    expect(page).toContain('{"text":"***","changed":true}');
    expect(page).not.toContain("word");
  });

  test("are in no text of the page, however it is written there", () => {
    const desired = project({ key: "a", name: secret, description: secret, instructions: secret });
    const page = pageOf({ kind: "planned", plan: plan(desired, []) });
    expect(page).toContain("***");
    expect(page).not.toContain("s3cr3t");
    expect(page).toContain("<script>run()</script>");
  });

  test("the page's own script stays as it is, whatever the secret is", () => {
    let page = "";
    const write = (text: string) => {
      page += text;
    };

    const reporter = htmlReporter(write, "plan", assets, everyRow);
    const event: RunEvent = { kind: "planned", plan: plan(project({ key: "a", name: "run" }), []) };
    reporter.take(maskEvent(event, maskOfText("run")));
    reporter.finish();
    expect(page).toContain("<script>run()</script>");
    expect(page).toContain('"name":"***"');
  });
});

describe("the document", () => {
  const data = pageData([update], "plan", everyRow);

  test("says which script and style may run, and that nothing may be loaded or sent", () => {
    const text = htmlDocument({ title: "t", data, json: undefined, text: "" }, assets);
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(text)?.[1]?.split("; ");
    expect(policy).toEqual([
      "default-src 'none'",
      "script-src 'sha256-a'",
      "style-src 'sha256-b'",
      "img-src data:",
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
  });

  test("holds no character that could end a script, whatever the data are", () => {
    const title = "</title><script>";
    const json = JSON.stringify("</script><!--\u2028&");
    const text = htmlDocument({ title, data, json, text: "</pre></noscript>" }, assets);
    expect(text.match(/<\/(?:script|title|pre|noscript)>/g)).toEqual([
      "</title>",
      "</pre>",
      "</noscript>",
      "</script>",
      "</script>",
      "</script>",
    ]);
    expect(text).toContain('"\\u003c/script\\u003e\\u003c!--\\u2028\\u0026"');
  });

  test("is the same for the same plan", () => {
    const page = () =>
      htmlDocument(
        { title: "", data: pageData([update], "plan", everyRow), json: "", text: "" },
        assets,
      );
    expect(page()).toBe(page());
  });
});
