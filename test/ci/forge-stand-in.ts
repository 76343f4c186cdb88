import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A comment as the stand-in keeps it. */
export type KeptComment = { readonly id: number; body: string; readonly login: string };

/** What goes wrong with the next requests of a kind. */
export type ForgeFault = {
  readonly method: string;
  readonly times: number;
  /** 0 is no answer at all: the connection ends. */
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether the request is carried out before that. */
  readonly isDone?: boolean;
  /** What happens just before. */
  readonly onHit?: () => void;
};

export type ForgeStandIn = {
  readonly url: string;
  readonly comments: KeptComment[];
  /** The pull or merge requests that each commit came with, in the forge's own words. */
  readonly merges: Map<string, readonly object[]>;
  /** Such as "POST /repos/acme/agents/issues/7/comments", in order, with the query. */
  readonly requests: string[];
  fail(fault: ForgeFault): void;
  close(): Promise<void>;
};

type Dialect = {
  readonly merges: RegExp;
  readonly list: RegExp;
  readonly one: RegExp;
  readonly update: string;
  readonly token: (request: IncomingMessage) => string | undefined;
  readonly shown: (comment: KeptComment) => object;
  readonly me: (login: string) => object;
};

/** Comments of pull request 7 of acme/agents, as GitHub tells of them. */
const github: Dialect = {
  merges: /^\/repos\/acme\/agents\/commits\/([0-9a-f]{40})\/pulls$/,
  list: /^\/repos\/acme\/agents\/issues\/7\/comments$/,
  one: /^\/repos\/acme\/agents\/issues\/comments\/(\d+)$/,
  update: "PATCH",
  token: ({ headers }) => /^Bearer (.*)$/.exec(headers.authorization ?? "")?.[1],
  shown: ({ id, body, login }) => ({
    id,
    body,
    user: { login, type: login.endsWith("[bot]") ? "Bot" : "User" },
  }),
  me: (login) => ({ login }),
};

/** Notes of merge request 7 of project 42, as GitLab tells of them. */
const gitlab: Dialect = {
  merges: /^\/api\/v4\/projects\/42\/repository\/commits\/([0-9a-f]{40})\/merge_requests$/,
  list: /^\/api\/v4\/projects\/42\/merge_requests\/7\/notes$/,
  one: /^\/api\/v4\/projects\/42\/merge_requests\/7\/notes\/(\d+)$/,
  update: "PUT",
  token: ({ headers }) => headers["private-token"]?.toString(),
  shown: ({ id, body, login }) => ({ id, body, author: { username: login }, system: false }),
  me: (username) => ({ username }),
};

const dialects = { github, gitlab };

/** Whose each token is, and whether it may write. */
const tokens: { readonly [token: string]: { readonly login: string; readonly mayWrite: boolean } } =
  {
    "token-of-the-workflow": { login: "github-actions[bot]", mayWrite: true },
    "token-of-a-fork": { login: "github-actions[bot]", mayWrite: false },
    "token-of-jo": { login: "jo", mayWrite: true },
  };

/** Stands in for the comments API of a forge, on a free port of this machine. */
export async function startForge(kind: keyof typeof dialects): Promise<ForgeStandIn> {
  const dialect = dialects[kind];
  const comments: KeptComment[] = [];
  const merges = new Map<string, readonly object[]>();
  const requests: string[] = [];
  const faults: { fault: ForgeFault; left: number }[] = [];
  const server = createServer(async (request, response) => {
    const text = await bodyOf(request);
    requests.push(`${request.method} ${request.url}`);
    const armed = faults.find(({ fault, left }) => left > 0 && fault.method === request.method);
    if (armed === undefined) return answer(response, handle(request, text));
    armed.left -= 1;
    armed.fault.onHit?.();
    if (armed.fault.isDone === true) handle(request, text);
    const { status, headers = {}, body = "{}" } = armed.fault;
    if (status === 0) return void request.socket.destroy();
    answer(response, { status, headers, text: body });
  });

  function handle(request: IncomingMessage, text: string): Answer {
    const url = new URL(request.url ?? "", `http://${request.headers.host}`);
    const owner = tokens[dialect.token(request) ?? ""];
    if (owner === undefined) return json(401, { message: "Bad credentials" });
    if (request.method === "GET") return read(url, owner.login);
    if (!owner.mayWrite) return json(403, { message: "Resource not accessible by integration" });
    const { body } = JSON.parse(text) as { body: string };
    if (body.length > 65_536) return json(422, { message: "Body is too long" });
    return write(request.method ?? "", url, { body, login: owner.login });
  }

  /** Also what a fork's token may read. */
  function read(url: URL, login: string): Answer {
    if (dialect.list.test(url.pathname)) return list(url);
    const commit = dialect.merges.exec(url.pathname)?.[1];
    if (commit !== undefined) return json(200, merges.get(commit) ?? []);
    if (!url.pathname.endsWith("/user")) return json(404, { message: "Not Found" });
    return login.endsWith("[bot]")
      ? json(403, { message: "Resource not accessible by integration" })
      : json(200, dialect.me(login));
  }

  function write(method: string, url: URL, { body, login }: Omit<KeptComment, "id">): Answer {
    if (method === "POST" && dialect.list.test(url.pathname)) {
      const comment = { id: 1000 + comments.length, body, login };
      comments.push(comment);
      return json(201, dialect.shown(comment));
    }
    const id = Number(dialect.one.exec(url.pathname)?.[1]);
    const comment = comments.find((each) => each.id === id);
    if (method !== dialect.update || comment === undefined) {
      return json(404, { message: "Not Found" });
    }
    comment.body = body;
    return json(200, dialect.shown(comment));
  }

  function list(url: URL): Answer {
    const size = Number(url.searchParams.get("per_page") ?? 30);
    const page = Number(url.searchParams.get("page") ?? 1);
    const shown = comments.slice((page - 1) * size, page * size).map(dialect.shown);
    const to = (number: number) => {
      const target = new URL(url);
      target.searchParams.set("page", String(number));
      return `<${target.href}>`;
    };
    const next = page * size < comments.length ? [`${to(page + 1)}; rel="next"`] : [];
    const link = [`${to(1)}; rel="first"`, ...next].join(", ");
    return { ...json(200, shown), headers: { link } };
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${kind === "gitlab" ? "/api/v4" : ""}`,
    comments,
    merges,
    requests,
    fail: (fault) => void faults.push({ fault, left: fault.times }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
};

function json(status: number, body: object): Answer {
  return { status, headers: {}, text: JSON.stringify(body) };
}

function answer(response: ServerResponse, { status, headers, text }: Answer): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(text);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
