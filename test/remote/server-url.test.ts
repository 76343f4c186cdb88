import { describe, expect, test } from "vitest";
import { serverUrlProblem } from "../../src/remote/server-url.ts";

describe("the address of a server", () => {
  test.each([
    "https://api.mistral.ai",
    "https://gateway.example:8443/mistral/",
    "http://localhost:8080",
    "http://127.0.0.1:4010",
    "http://127.1:4010",
    "http://[::1]:4010",
  ])("%s will do", (url) => {
    expect(serverUrlProblem(url)).toBeUndefined();
  });

  test.each([
    ["api.mistral.ai", "is not the address of a server"],
    ["ftp://api.mistral.ai", "is not the address of a server"],
    ["", "is not the address of a server"],
    ["https://user:pass@api.mistral.ai", "may hold no user name"],
    ["https://api.mistral.ai?key=1", "may hold no user name, password, query"],
    ["https://api.mistral.ai#x", "may hold no user name, password, query or fragment"],
    ["http://api.mistral.ai", "unprotected to api.mistral.ai"],
    ["http://127.0.0.1.example.com", "unprotected"],
    ["http://localhost.example.com", "unprotected"],
    ["http://0.0.0.0", "unprotected"],
  ])("%j will not", (url, problem) => {
    expect(serverUrlProblem(url)).toContain(problem);
  });
});
