import { expect, test } from "vitest";
import { connectionAdvice } from "../../../src/report/words/connection-advice.ts";

const proxy = { variable: "HTTPS_PROXY", host: "proxy.example.com:3128" };

test.each([
  ["connect ECONNREFUSED", undefined, undefined, ["HTTPS_PROXY"], ["NODE_EXTRA_CA_CERTS"]],
  ["connect ECONNREFUSED", proxy, undefined, ["proxy.example.com:3128", "NO_PROXY"], ["NODE_"]],
  [
    "self-signed certificate in certificate chain",
    undefined,
    undefined,
    ["NODE_EXTRA_CA_CERTS"],
    [],
  ],
  ["unable to get local issuer certificate", proxy, "/ca.pem", ["/ca.pem", "proxy.example"], []],
])("%s: names what can be the cause, and nothing else", (reason, via, ca, named, unnamed) => {
  const advice = connectionAdvice(reason, via, ca);
  for (const text of named) expect(advice).toContain(text);
  for (const text of unnamed) expect(advice).not.toContain(text);
});
