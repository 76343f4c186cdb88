import { isObject, type Json } from "../agent/json.ts";
import { pageOf, textMember, withoutValue } from "./comment-page.ts";
import type { CommentAuthor, Comments } from "./comments.ts";
import type { ForgeClient } from "./forge-call.ts";

/** The notes of a merge request on GitLab. */
export function gitlabNotes(call: ForgeClient, project: string, mergeRequest: number): Comments {
  const notes = `/projects/${encodeURIComponent(project)}/merge_requests/${mergeRequest}/notes`;
  return {
    limit: 1_000_000,
    page: async (number) =>
      pageOf(
        await call(
          "GET",
          `${notes}?sort=asc&order_by=created_at&activity_filter=only_comments&per_page=100&page=${number}`,
        ),
        authorOf,
      ),
    create: async (body) => withoutValue(await call("POST", notes, { body: inert(body) })),
    update: async (id, body) =>
      withoutValue(await call("PUT", `${notes}/${id}`, { body: inert(body) })),
    isOurs: async ({ name }) => {
      const me = await call("GET", "/user");
      return me.kind === "done" && textMember(me.value.json, "username") === name;
    },
  };
}

/** A text in which no line starts with a slash: GitLab would execute `/merge`. */
function inert(body: string): string {
  return body.replaceAll(/^(?=\/)/gm, " ");
}

function authorOf(note: Json | undefined): CommentAuthor {
  const author = isObject(note) ? note.author : undefined;
  return { name: textMember(author, "username") ?? "", isBot: false };
}

/** The headers of GitLab's API. */
export function gitlabHeaders(token: string): Readonly<Record<string, string>> {
  return { accept: "application/json", "private-token": token, "user-agent": "agentvane" };
}
