import { describe, expect, test } from "vitest";
import { serverUrlProblem } from "../../src/remote/server-url.ts";

describe("a server address", () => {
  test.each([
    "https://api.mistral.ai",
    "https://gateway.example:8443/mistral/",
    "http://localhost:8080",
    "http://127.0.0.1:4010",
    "http://127.1:4010",
    "http://[::1]:4010",
  ])("accepts %s", (url) => {
    expect(serverUrlProblem(url)).toBeUndefined();
  });

  test.each([
    ["api.mistral.ai", "is not a server address"],
    ["ftp://api.mistral.ai", "is not a server address"],
    ["", "is not a server address"],
    ["https://user:pass@api.mistral.ai", "must not contain a user name"],
    ["https://api.mistral.ai?key=1", "must not contain a user name, password, query"],
    ["https://api.mistral.ai#x", "must not contain a user name, password, query or fragment"],
    ["http://api.mistral.ai", "unencrypted to api.mistral.ai"],
    ["http://127.0.0.1.example.com", "unencrypted"],
    ["http://localhost.example.com", "unencrypted"],
    ["http://0.0.0.0", "unencrypted"],
  ])("refuses %j", (url, problem) => {
    expect(serverUrlProblem(url)).toContain(problem);
  });
});
