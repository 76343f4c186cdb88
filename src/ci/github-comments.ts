import { isObject, type Json } from "../agent/json.ts";
import { pageOf, textMember, withoutValue } from "./comment-page.ts";
import type { CommentAuthor, Comments } from "./comments.ts";
import type { ForgeClient } from "./forge-call.ts";

/** The comments of a pull request on GitHub, whose API treats it as an issue. */
export function githubComments(call: ForgeClient, repository: string, pull: number): Comments {
  const issues = `/repos/${repository}/issues`;
  return {
    limit: 65_536,
    page: async (number) =>
      pageOf(await call("GET", `${issues}/${pull}/comments?per_page=100&page=${number}`), authorOf),
    create: async (body) =>
      withoutValue(await call("POST", `${issues}/${pull}/comments`, { body })),
    update: async (id, body) =>
      withoutValue(await call("PATCH", `${issues}/comments/${id}`, { body })),
    isOurs: async ({ isBot, name }) => {
      if (isBot) return true;
      // The token of a workflow belongs to an app, which has no user; the token of a person has one.
      const me = await call("GET", "/user");
      return me.kind === "done" && textMember(me.value.json, "login") === name;
    },
  };
}

function authorOf(comment: Json | undefined): CommentAuthor {
  const user = isObject(comment) ? comment.user : undefined;
  return { name: textMember(user, "login") ?? "", isBot: textMember(user, "type") === "Bot" };
}

/** The headers of GitHub's API. */
export function githubHeaders(token: string): Readonly<Record<string, string>> {
  return {
    accept: "application/vnd.github+json",
    authorization: `Bearer ${token}`,
    "user-agent": "agentvane",
    "x-github-api-version": "2022-11-28",
  };
}
