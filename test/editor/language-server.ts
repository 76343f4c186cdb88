import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const main = path.join(
  path.dirname(require.resolve("yaml-language-server/package.json")),
  "bin",
  "yaml-language-server",
);

/** A message of the protocol, as far as these tests look at it. */
type Message = {
  readonly id?: number;
  readonly method?: string;
  readonly params?: {
    readonly items?: readonly unknown[];
    readonly uri?: string;
    readonly diagnostics?: readonly Diagnostic[];
  };
  readonly result?: unknown;
};

/** What an editor underlines: a line and a column from 0, and why. */
export type Diagnostic = {
  readonly message: string;
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
};

/** The language server that editors run for YAML, in a folder. */
export type Editor = {
  /** What is offered at the end of a text. */
  readonly offered: (file: string, text: string) => Promise<readonly string[]>;
  /** What is underlined in a text. */
  readonly underlined: (file: string, text: string) => Promise<readonly Diagnostic[]>;
  readonly close: () => void;
};

/** Starts it as an editor does: over its standard streams, and without any network. */
export async function openEditor(folder: string): Promise<Editor> {
  const server = spawn(process.execPath, [main, "--stdio"], {
    cwd: folder,
    env: { PATH: process.env.PATH },
    stdio: ["pipe", "pipe", "ignore"],
  });
  const answers = new Map<number, (result: unknown) => void>();
  const judged = new Map<string, (found: readonly Diagnostic[]) => void>();
  onMessage(server, (message) => {
    const { id, method, params, result } = message;
    if (method === "textDocument/publishDiagnostics") {
      judged.get(params?.uri ?? "")?.(params?.diagnostics ?? []);
    } else if (id !== undefined && method !== undefined) {
      const settings = method === "workspace/configuration" ? params?.items?.map(() => null) : null;
      send(server, { id, result: settings ?? null });
    } else if (id !== undefined) answers.get(id)?.(result);
  });
  let last = 0;
  const request = (method: string, params: object) =>
    new Promise<unknown>((resolve) => {
      last += 1;
      answers.set(last, resolve);
      send(server, { id: last, method, params });
    });
  const open = (file: string, text: string) => {
    const uri = pathToFileURL(path.join(folder, file)).href;
    const found = new Promise<readonly Diagnostic[]>((resolve) => judged.set(uri, resolve));
    const textDocument = { uri, languageId: "yaml", version: 1, text };
    send(server, { method: "textDocument/didOpen", params: { textDocument } });
    return { uri, found };
  };
  await request("initialize", {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    capabilities: { textDocument: { completion: { completionItem: { snippetSupport: true } } } },
  });
  send(server, { method: "initialized", params: {} });
  const yaml = { completion: true, validate: true, schemaStore: { enable: false } };
  send(server, { method: "workspace/didChangeConfiguration", params: { settings: { yaml } } });
  return {
    offered: async (file, text) => {
      const { uri } = open(file, text);
      const lines = text.split("\n");
      const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
      const answer = await request("textDocument/completion", { textDocument: { uri }, position });
      const { items } = answer as { readonly items: readonly { readonly label: string }[] };
      return items.map(({ label }) => label);
    },
    underlined: (file, text) => open(file, text).found,
    close: () => void server.kill(),
  };
}

function send({ stdin }: ChildProcess, message: object): void {
  const text = JSON.stringify({ jsonrpc: "2.0", ...message });
  stdin?.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
}

function onMessage({ stdout }: ChildProcess, take: (message: Message) => void): void {
  let bytes = Buffer.alloc(0);
  stdout?.on("data", (more: Buffer) => {
    bytes = Buffer.concat([bytes, more]);
    for (;;) {
      const header = /^Content-Length: (\d+)\r\n(?:[^\r\n]+\r\n)*\r\n/.exec(
        bytes.toString("latin1"),
      );
      if (header === null) return;
      const start = header[0].length;
      const end = start + Number(header[1]);
      if (bytes.length < end) return;
      take(JSON.parse(bytes.subarray(start, end).toString()) as Message);
      bytes = bytes.subarray(end);
    }
  });
}
