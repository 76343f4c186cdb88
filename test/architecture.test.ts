import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

/**
 * The rooms of src/ and what each may see: other rooms, npm packages, modules of Node. What is not listed is
 * forbidden. ARCHITECTURE.md says why.
 */
const rooms: Record<string, { rooms: string[]; packages: string[]; node: string[] }> = {
  agent: { rooms: [], packages: [], node: [] },
  config: { rooms: ["agent"], packages: ["yaml", "fastest-levenshtein"], node: [] },
  remote: {
    rooms: ["agent"],
    packages: ["ofetch", "undici"],
    node: ["node:http", "node:https", "node:net", "node:stream", "node:zlib", "node:tls"],
  },
  plan: { rooms: ["agent"], packages: [], node: ["node:crypto"] },
  apply: { rooms: ["agent", "plan"], packages: [], node: [] },
  commands: { rooms: ["agent", "config", "plan", "apply"], packages: [], node: [] },
  ci: { rooms: ["agent"], packages: [], node: ["node:crypto"] },
  mask: { rooms: ["agent", "config", "plan", "apply", "commands", "ci"], packages: [], node: [] },
  report: {
    rooms: ["agent", "config", "plan", "apply", "commands", "ci"],
    packages: ["diff", "@dagrejs/dagre"],
    node: [],
  },
  page: { rooms: ["report"], packages: [], node: [] },
  terminal: {
    rooms: ["agent", "plan", "apply", "commands", "report"],
    packages: ["ink", "react", "wrap-ansi"],
    node: [],
  },
  emulator: { rooms: [], packages: ["hono", "@hono/node-server"], node: [] },
  cli: {
    rooms: [
      "agent",
      "config",
      "remote",
      "plan",
      "apply",
      "commands",
      "mask",
      "report",
      "terminal",
      "emulator",
      "ci",
    ],
    packages: ["tinyglobby", "fastest-levenshtein", "ajv"],
    node: ["*"],
  },
};

/**
 * The folders inside a room and which of their neighbours each may see. Files at the top of the room may be seen by
 * every folder of it; a circle that this would make is found below.
 */
const innerRooms: Record<string, Record<string, string[]>> = {
  report: {
    safe: [],
    diff: [],
    words: ["safe", "diff"],
    graph: ["words", "safe"],
    json: ["words", "safe"],
    output: ["json", "words", "safe"],
    text: ["output", "json", "words", "diff", "safe"],
    events: ["text", "output", "words", "safe"],
    // Two formats that know nothing of each other.
    markdown: ["text", "graph", "json", "words", "diff", "safe"],
    html: ["text", "graph", "json", "words", "diff", "safe"],
    ci: ["markdown", "safe"],
  },
  cli: {
    args: [],
    completion: ["args"],
    files: [],
    git: [],
    terminal: ["args"],
    ci: ["files"],
    commands: ["args", "completion", "files", "git", "terminal"],
    programs: ["args", "commands"],
  },
};

/** What only the edge may touch: everything else is handed time, chance, files and the network. */
const world =
  /(?<![\w.$"'`])(process\.\w|console\.\w|Date\b(?!\.parse\()|Math\.random|performance\.|setTimeout|setInterval|fetch\(|require\()/;
const edge = new Set(["cli"]);
/** `remote` owns sockets and their time-outs, nothing else of the world. */
const socketWorld = /(?<![\w.$"'`])(process\.\w|console\.\w|Math\.random|performance\.|require\()/;

/** One idea that is as long as it has rows. */
const tables = new Set(["cli/args/command-table.ts"]);

type SourceFile = { room: string; name: string; text: string; imports: string[] };

const src = path.join(import.meta.dirname, "..", "src");
const files = sourceFiles();

describe("rooms", () => {
  test("every folder of src is a room with a rule, and every room has files", () => {
    const found = readdirSync(src).sort();
    expect(found).toEqual(Object.keys(rooms).sort());
    for (const room of found) {
      expect(files.filter((file) => file.room === room).length, room).toBeGreaterThan(2);
    }
  });

  test("the check reads imports: known ones are found", () => {
    const plan = files.find((file) => file.name === "plan/plan.ts");
    expect(plan?.imports).toContain("../agent/definition.ts");
  });

  test.each(Object.keys(rooms))("%s sees only what it may", (room) => {
    const wrong = files
      .filter((file) => file.room === room)
      .flatMap((file) => file.imports.map((target) => complaint(file, target)))
      .filter((each) => each !== undefined);
    expect(wrong).toEqual([]);
  });

  test.each(Object.keys(innerRooms))("the folders of %s are those that have a rule", (room) => {
    const folders = readdirSync(path.join(src, room), { withFileTypes: true })
      .filter((each) => each.isDirectory() && each.name !== "generated")
      .map((each) => each.name);
    expect(folders.sort()).toEqual(Object.keys(innerRooms[room] ?? {}).sort());
    for (const folder of folders) {
      expect(
        files.filter((file) => unitOf(file.name) === `${room}/${folder}`).length,
        `${room}/${folder} holds too little for a folder`,
      ).toBeGreaterThan(2);
    }
  });

  test("a folder inside a room sees only the neighbours that it may", () => {
    expect(files.flatMap(innerComplaints)).toEqual([]);
  });

  test("folders inside a room and the files beside them make no circle", () => {
    const graph = new Map<string, string[]>();
    for (const file of files) {
      const unit = unitOf(file.name);
      const seen = localImports(file)
        .map(unitOf)
        .filter((each) => each !== unit);
      graph.set(unit, [...(graph.get(unit) ?? []), ...seen]);
    }
    expect(graph.get("report/markdown")).toContain("report/words");
    expect(circle(graph)).toEqual([]);
  });

  test("only the edge knows the world", () => {
    const wrong = files
      .filter((file) => !edge.has(file.room))
      .flatMap((file) => {
        const forbidden = file.room === "remote" ? socketWorld : world;
        const lines = withoutComments(file.text).split("\n");
        const at = lines.findIndex((line) => forbidden.test(line));
        return at < 0 ? [] : [`${file.name}:${at + 1} touches the world: ${lines[at]?.trim()}`];
      });
    expect(wrong).toEqual([]);
  });

  test("page takes only types from report: it runs in a browser, and not together with it", () => {
    const page = files.filter((file) => file.room === "page");
    const values = /import\s+(?!type\b)[^;]*?from\s+"\.\.\/[^"]+"/g;
    expect(page.some(({ text }) => /import type[^;]*from "\.\.\/report/.test(text))).toBe(true);
    expect(
      page.flatMap(({ name, text }) =>
        (text.match(values) ?? []).map((each) => `${name}: ${each}`),
      ),
    ).toEqual([]);
  });

  test("no barrels, no drawers for odds and ends", () => {
    const drawers = /(^|\/)(index|utils?|helpers?|common|types|core|lib)(\.tsx?$|\/)/;
    expect(files.map((file) => file.name).filter((name) => drawers.test(name))).toEqual([]);
  });

  test("a file stays small enough to hold one idea", () => {
    const long = files
      .filter(({ name }) => !tables.has(name))
      .map((file) => [file.name, file.text.split("\n").length] as const)
      .filter(([, lines]) => lines > 300);
    expect(long).toEqual([]);
  });

  test("imports make no circle, not even of types", () => {
    expect(circle(new Map(files.map((file) => [file.name, localImports(file)])))).toEqual([]);
  });
});

function complaint(file: SourceFile, target: string): string | undefined {
  const rule = rooms[file.room];
  if (rule === undefined) return `${file.name}: no rule for room ${file.room}`;
  if (target.startsWith("node:")) {
    const may = rule.node.includes("*") || rule.node.includes(target);
    return may ? undefined : `${file.name} imports ${target}: ${file.room} may not`;
  }
  if (!target.startsWith(".")) {
    const name = target.startsWith("@")
      ? target.split("/").slice(0, 2).join("/")
      : target.split("/")[0];
    const may = rule.packages.includes(name ?? "");
    return may ? undefined : `${file.name} imports ${target}: ${file.room} may not`;
  }
  const [room] = path.posix.join(path.posix.dirname(file.name), target).split("/");
  if (room === file.room || rule.rooms.includes(room ?? "")) return undefined;
  return `${file.name} imports ${target}: ${file.room} has never heard of ${room}`;
}

/** What a file belongs to inside its room: a folder, or the file itself where it lies at the top. */
function unitOf(name: string): string {
  return name.split("/").slice(0, 2).join("/");
}

function innerComplaints(file: SourceFile): string[] {
  const own = unitOf(file.name);
  const folder = own.split("/")[1] ?? "";
  const may = innerRooms[file.room]?.[folder];
  if (may === undefined) return [];
  return localImports(file).flatMap((target) => {
    const [room, inner = ""] = target.split("/");
    const isFolder = innerRooms[file.room]?.[inner] !== undefined;
    if (room !== file.room || !isFolder || inner === folder || may.includes(inner)) return [];
    return [`${file.name} imports ${target}: ${own} has never heard of ${room}/${inner}`];
  });
}

function sourceFiles(): SourceFile[] {
  return readdirSync(src, { recursive: true, encoding: "utf8" })
    .map((name) => name.split(path.sep).join("/"))
    .filter((name) => /\.tsx?$/.test(name) && !name.includes("/generated/"))
    .map((name) => {
      const text = readFileSync(path.join(src, name), "utf8");
      return { room: name.split("/")[0] ?? "", name, text, imports: importsOf(text) };
    });
}

function importsOf(text: string): string[] {
  const found = text.matchAll(/(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)"([^"\s,]+)"/g);
  return [...found].map((match) => match[1] ?? "");
}

function localImports(file: SourceFile): string[] {
  return file.imports
    .filter((target) => target.startsWith("."))
    .map((target) => path.posix.join(path.posix.dirname(file.name), target));
}

function withoutComments(text: string): string {
  return text
    .replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ""))
    .replaceAll(/\/\/.*$/gm, "");
}

function circle(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const walk = (name: string, trail: string[]): string[] => {
    if (trail.includes(name)) return [...trail.slice(trail.indexOf(name)), name];
    if (done.has(name)) return [];
    for (const next of graph.get(name) ?? []) {
      const found = walk(next, [...trail, name]);
      if (found.length > 0) return found;
    }
    done.add(name);
    return [];
  };
  for (const name of graph.keys()) {
    const found = walk(name, []);
    if (found.length > 0) return found;
  }
  return [];
}
