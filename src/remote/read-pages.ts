import { ApiError, isApiError } from "../agent/api-error.ts";
import type { Json, JsonObject } from "../agent/json.ts";
import { type Call, get } from "./call.ts";
import type { HttpClient } from "./http-client.ts";
import { listFrom, objectFrom, unexpectedResponse } from "./response-shape.ts";

/** A list in pages, each of which holds the token of the next page. */
export type PagedList<Item> = {
  /** Its name in errors, such as "agent list". */
  readonly name: string;
  /** The path of the first page, with its query. */
  readonly path: string;
  /** The member of a page that holds the items. */
  readonly member: string;
  /** The query parameter for the page token. */
  readonly parameter: string;
  readonly next: (page: JsonObject) => Json | undefined;
  readonly itemFrom: (call: Call, json: Json) => Item;
};

/** Most pages of one list, so that an endless list ends. */
const mostPages = 1_000;

/**
 * All items of a list, or an `ApiError` that names the page: an incomplete list is never returned. Continues while the
 * server gives a token, however short a page is.
 */
export async function readPages<Item>(
  http: HttpClient,
  list: PagedList<Item>,
): Promise<readonly Item[]> {
  const found: Item[] = [];
  const tokens = new Set<string>();
  let query = "";
  for (let number = 1; ; number += 1) {
    const call = get(list.path + query);
    const token = await onPage(list.name, number, async () => {
      refuseEndless(call, number);
      const page = objectFrom(call, await http(call), "an object");
      for (const item of listFrom(call, page[list.member])) found.push(list.itemFrom(call, item));
      return tokenFrom(call, list.next(page), tokens);
    });
    if (token === undefined) return found;
    tokens.add(token);
    query = `&${list.parameter}=${encodeURIComponent(token)}`;
  }
}

/** Throws if a list has more pages than any workspace can have. */
export function refuseEndless(call: Call, page: number): void {
  if (page <= mostPages) return;
  throw unexpectedResponse(
    call,
    `the list has more than ${mostPages} pages; check the server's address`,
  );
}

/** Runs one step of reading a list; an error then names the list and the page. */
export async function onPage<Result>(
  list: string,
  number: number,
  read: () => Promise<Result>,
): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (!isApiError(error)) throw error;
    const { failure } = error;
    throw new ApiError({ ...failure, reason: `page ${number} of the ${list}: ${failure.reason}` });
  }
}

/** The token of the next page; undefined after the last page. */
function tokenFrom(
  call: Call,
  token: Json | undefined,
  before: ReadonlySet<string>,
): string | undefined {
  if (token === undefined || token === null || token === "") return undefined;
  if (typeof token !== "string") throw unexpectedResponse(call, "the page token is not a string");
  if (before.has(token))
    throw unexpectedResponse(call, "the server gave the same page token twice");
  return token;
}
