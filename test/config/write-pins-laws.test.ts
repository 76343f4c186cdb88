import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withPins, withPinsInFrontMatter } from "../../src/config/write-pins.ts";
import { load } from "./load.ts";

/** A stretch of a file; only one that may change has `mayChange`. */
type Stretch = { readonly text: string; readonly mayChange?: true };

const kept = (text: string): Stretch => ({ text });
const free = (text = ""): Stretch => ({ text, mayChange: true });

/** How a file is laid out, the same everywhere in it. */
type Layout = {
  readonly indent: number;
  readonly dash: string;
  readonly listIndent: number;
  readonly quote: "" | '"' | "'";
  readonly keyQuote: "" | '"' | "'";
  readonly comments: boolean;
};

const layout: fc.Arbitrary<Layout> = fc.record({
  indent: fc.constantFrom(1, 2, 3, 4, 8),
  dash: fc.constantFrom("- ", "-   ", "-\t"),
  listIndent: fc.constantFrom(0, 1, 2, 4),
  quote: fc.constantFrom("", '"', "'"),
  keyQuote: fc.constantFrom("", '"', "'"),
  comments: fc.boolean(),
});

const note = (how: Layout, about: string) => (how.comments ? ` # about ${about}` : "");
const noteLine = (how: Layout, pad: string) => (how.comments ? `${pad}# line of its own\n` : "");
const quoted = ({ quote }: Layout, name: string) => quote + name + quote;
const key = ({ keyQuote }: Layout, name: string) => keyQuote + name + keyQuote;

/** Each way to write the aliases of an agent, below a pad of blanks; the last line has no end. */
const forms: { readonly [form: string]: (how: Layout, pad: string) => readonly Stretch[] } = {
  flowList: (how, pad) => [
    kept(`${pad}${key(how, "aliases")}:`),
    free(` [${quoted(how, "staging")},  prod ]`),
    kept(note(how, "both")),
  ],
  flowLines: (how, pad) => [
    kept(`${pad}${key(how, "aliases")}:`),
    free(
      ` [${note(how, "the list")}\n${pad}  staging,${note(how, "staging")}\n${pad}  prod,\n${pad} ]`,
    ),
  ],
  blockList: (how, pad) => {
    const inner = pad + " ".repeat(how.listIndent);
    const item = (name: string) => `${inner}${how.dash}${quoted(how, name)}${note(how, name)}`;
    return [
      kept(`${pad}${key(how, "aliases")}:`),
      free(`\n${item("staging")}\n${noteLine(how, inner)}${item("prod")}`),
    ];
  },
  blockMap: (how, pad) => {
    const inner = pad + " ".repeat(how.indent);
    return [
      kept(`${pad}${key(how, "aliases")}:${note(how, "the map")}\n`),
      free(),
      kept(`${noteLine(how, inner)}${inner}${key(how, "staging")}: `),
      free("latest"),
      kept(`${note(how, "staging")}\n${inner}${key(how, "prod")}: `),
      free("3"),
      kept(note(how, "prod")),
    ];
  },
  flowMap: (how, pad) => [
    kept(`${pad}aliases: {`),
    free(` ${quoted(how, "prod")}: latest, staging: latest `),
    kept(`}${note(how, "both")}`),
  ],
  nothing: (how, pad) => [kept(`${pad}${key(how, "aliases")}:`), free(), kept(note(how, "none"))],
  explicitNothing: (how, pad) => [kept(`${pad}aliases: `), free("~"), kept(note(how, "none"))],
  emptyList: (how, pad) => [kept(`${pad}aliases: `), free("[]"), kept(note(how, "none"))],
  emptyMap: (how, pad) => [kept(`${pad}aliases: {`), free(), kept(`}${note(how, "none")}`)],
  removed: (_how, pad) => [
    kept(`${pad}aliases: {`),
    free(" staging: latest, prod: null"),
    kept(" }"),
  ],
  shared: (_how, pad) => [kept(`${pad}aliases: `), free("*names")],
  sharedPartly: (how, pad) => [
    kept(`${pad}aliases:\n`),
    free(),
    kept(`${pad}  <<: *pins${note(how, "pins")}\n${pad}  staging: `),
    free("latest"),
  ],
};

type Agent = { readonly form: string; readonly at: number };

const agent: fc.Arbitrary<Agent> = fc.record({
  form: fc.constantFrom(...Object.keys(forms), "absent", "inFlow", "bare", "merged"),
  at: fc.nat(2),
});

/** An agent below its key. */
function agentStretches({ form, at }: Agent, name: string, how: Layout): readonly Stretch[] {
  const pad = " ".repeat(how.indent);
  const head = `${noteLine(how, pad)}${pad}${key(how, name)}:`;
  if (form === "bare") return [kept(head), free(), kept(`${note(how, name)}\n`)];
  if (form === "inFlow") {
    return [kept(`${head} {`), free(), kept(` description: "d # {" }${note(how, name)}\n`)];
  }
  const inner = pad + " ".repeat(how.indent);
  const merged = form === "merged" ? [kept(`${noteLine(how, inner)}${inner}<<: *base\n`)] : [];
  const members = [
    [kept(`${noteLine(how, inner)}${inner}description: d${note(how, "d")}\n`)],
    [kept(`${inner}instructions: |\n${inner}  # no comment\n${inner}  aliases: [x]\n\n`)],
  ];
  const written = forms[form]?.(how, inner);
  if (written !== undefined) members.splice(at, 0, [...written, kept("\n")]);
  return [
    kept(`${head}${note(how, name)}\n`),
    ...(written === undefined ? [free()] : []),
    ...[...merged, ...members.flat()],
  ];
}

const names = ["triage", "billing", "refunds"];

type File = {
  readonly how: Layout;
  readonly agents: readonly Agent[];
  readonly lineEnd: string;
  readonly mark: string;
  readonly endsWithLine: boolean;
  readonly pins: readonly { readonly agent: number; readonly alias: string }[];
};

const file: fc.Arbitrary<File> = fc.record({
  how: layout,
  agents: fc.array(agent, { minLength: 1, maxLength: 3 }),
  lineEnd: fc.constantFrom("\n", "\r\n"),
  mark: fc.constantFrom("", "\uFEFF"),
  endsWithLine: fc.boolean(),
  pins: fc.uniqueArray(
    fc.record({ agent: fc.nat(2), alias: fc.constantFrom("prod", "staging", "canary") }),
    { minLength: 1, maxLength: 4, selector: ({ agent: at, alias }) => `${at} ${alias}` },
  ),
});

const head = `# The fleet.
version: 1
project: acme
defaults: { model: m }
include: [shared.yaml]
`;
/** Anchors have to stand where the schema lets them. */
const anchors = `  one: { aliases: &names [staging, prod] }
  two: &base { aliases: { staging: latest, prod: 7 }, handoffs: [one] }
  three: { aliases: &pins { prod: 4 } }
`;

function stretchesOf({ how, agents, lineEnd, mark, endsWithLine }: File): readonly Stretch[] {
  const pad = " ".repeat(how.indent);
  const all = [
    kept(mark),
    kept(head.replace("include: [shared.yaml]\n", "")),
    kept(`agents:\n${anchors.replaceAll(/^ {2}/gm, pad)}`),
    ...agents.flatMap((each, at) => agentStretches(each, names[at] ?? "", how)),
  ];
  const last = all.at(-1)?.text ?? "";
  const whole = endsWithLine ? all : [...all.slice(0, -1), kept(last.replace(/\n+$/, ""))];
  return whole.map(({ text, ...rest }) => ({ ...rest, text: text.replaceAll("\n", lineEnd) }));
}

const textOf = (stretches: readonly Stretch[]) => stretches.map(({ text }) => text).join("");

/** Whether a text is made of the same stretches, of which only some may have changed. */
function changedOnlyWhereItMay(stretches: readonly Stretch[], text: string): boolean {
  const pattern = stretches.map(({ text: each, mayChange }) =>
    mayChange ? "[\\s\\S]*?" : each.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&"),
  );
  return new RegExp(`^${pattern.join("")}$`).test(text);
}

function loaded(text: string, others: Readonly<Record<string, string>> = {}) {
  const result = load({ "agents.yaml": text, ...others });
  if (result.kind === "invalid") throw new Error(JSON.stringify(result.problems, null, 1) + text);
  return result.config.desired.agents;
}

const pinned = (before: ReadonlyMap<string, unknown>, aliases: readonly string[]) =>
  new Map([...before, ...aliases.map((alias): [string, unknown] => [alias, 12])]);

const commentsIn = (text: string) =>
  text.match(/# (about|line|The).*/g)?.map((each) => each.trim());

describe("pins in any layout", () => {
  test("only the pins change, in what is said and in the bytes; comments stay", () => {
    fc.assert(
      fc.property(file, (made) => {
        const stretches = stretchesOf(made);
        const before = textOf(stretches);
        const pins = made.pins
          .filter(({ agent: at }) => at < made.agents.length)
          .map(({ agent: at, alias }) => ({ key: names[at] ?? "", alias, version: 12 }));
        const after = withPins(before, "", pins);
        expect(after, before).toBeDefined();
        const written = after ?? "";
        const wanted = loaded(before).map((each) => ({
          ...each,
          at: undefined,
          aliases: pinned(
            each.aliases,
            pins.flatMap((pin) => (pin.key === each.key ? [pin.alias] : [])),
          ),
        }));
        expect(loaded(written).map((each) => ({ ...each, at: undefined }))).toEqual(wanted);
        expect(changedOnlyWhereItMay(stretches, written), `${before}\n---\n${written}`).toBe(true);
        expect(commentsIn(written)).toEqual(commentsIn(before));
        for (const [, name] of before.matchAll(/# about (prod|staging)/g)) {
          expect(written).toMatch(new RegExp(`${name}.*# about ${name}`));
        }
        if (made.lineEnd === "\r\n") expect(written.replaceAll("\r\n", "")).not.toContain("\n");
      }),
      { numRuns: 1_000 },
    );
  });

  test("and in the front matter of a Markdown agent", () => {
    const matter = fc.record({
      how: layout,
      form: fc.constantFrom(...Object.keys(forms).filter((form) => !form.startsWith("shared"))),
      fence: fc.constantFrom("---", "--- ", "---\t"),
      body: fc.constantFrom(
        "",
        "Be kind.",
        "Be kind.\n\n---\naliases: [prod]\n---\n",
        "\n\n# A title\n",
      ),
      lineEnd: fc.constantFrom("\n", "\r\n"),
      mark: fc.constantFrom("", "\uFEFF"),
    });
    fc.assert(
      fc.property(matter, ({ how, form, fence, body, lineEnd, mark }) => {
        const stretches = [
          kept(`${mark}${fence}\n${noteLine(how, "")}description: d\n`),
          ...(forms[form]?.(how, "") ?? []),
          kept(`\n${fence}\n${body}`),
        ].map(({ text, ...rest }) => ({ ...rest, text: text.replaceAll("\n", lineEnd) }));
        const before = textOf(stretches);
        const written = withPinsInFrontMatter(before, [{ alias: "prod", version: 12, key: "a" }]);
        expect(written, before).toBeDefined();
        expect(changedOnlyWhereItMay(stretches, written ?? ""), `${before}\n${written}`).toBe(true);
        const [was, is] = [before, written ?? ""].map(
          (text) => loaded(head.replace("shared.yaml", "a.md"), { "a.md": text })[0],
        );
        expect(is?.definition).toEqual(was?.definition);
        expect(is?.aliases).toEqual(pinned(was?.aliases ?? new Map(), ["prod"]));
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ["no front matter", "Be kind.\n", "---\naliases: { prod: 12 }\n---\nBe kind.\n"],
    [
      "front matter that is empty",
      "---\n---\nBe kind.\n",
      "---\naliases: { prod: 12 }\n---\nBe kind.\n",
    ],
    ["front matter of comments alone", "---\n# c\n---\n", "---\n# c\naliases: { prod: 12 }\n---\n"],
    [
      "CRLF and no front matter",
      "Be\r\nkind.",
      "---\r\naliases: { prod: 12 }\r\n---\r\nBe\r\nkind.",
    ],
    ["a byte order mark", "\uFEFFBe kind.", "\uFEFF---\naliases: { prod: 12 }\n---\nBe kind."],
    ["front matter that never ends", "---\nmodel: m\n", undefined],
  ])("%s", (_name, before, after) => {
    expect(withPinsInFrontMatter(before, [{ alias: "prod", version: 12, key: "a" }])).toBe(after);
  });
});
