import type { WeakSecret } from "../agent/secret-text.ts";
import type { ConfigResult } from "../config/config.ts";
import type { Problem } from "../config/problem.ts";
import type { CheckoutProblem } from "../plan/checkout-note.ts";
import type { DoctorCheck } from "./doctor-check.ts";

/** The setup of a run. */
export type Preflight = {
  readonly version: string;
  readonly node: string;
  /** The oldest Node that agentvane supports. */
  readonly leastNode: string;
  /** The path of the configuration for output. */
  readonly file: string;
  readonly config: ConfigResult;
  readonly checkout:
    | { readonly kind: "none" }
    | { readonly kind: "unusable"; readonly problem: CheckoutProblem }
    | { readonly kind: "whole" | "shallow"; readonly commit: string };
  /** Whether the data of `--local` exists and git would commit it. */
  readonly isLocalDataExposed: boolean;
  readonly key:
    | { readonly kind: "set" | "missing"; readonly variable: string }
    | { readonly kind: "unneeded" | "unknown" };
  /** The file in NODE_EXTRA_CA_CERTS. */
  readonly extraCertificates: string | undefined;
  /** Secrets that can be masked only as whole words. */
  readonly weakSecrets: readonly WeakSecret[];
  /** Undefined if no variable sets one. */
  readonly proxy:
    | { readonly variable: string; readonly host: string; readonly isUsed: boolean }
    | undefined;
};

/** The checks that need no server. */
export function preflightChecks(around: Preflight): readonly DoctorCheck[] {
  return [
    ...toolFindings(around),
    configFinding(around),
    checkoutFinding(around),
    { kind: around.isLocalDataExposed ? "local_data_exposed" : "local_data_safe" },
    keyFinding(around),
    ...around.weakSecrets.map((weak): DoctorCheck => ({ kind: "secret_weak", ...weak })),
    proxyFinding(around),
  ];
}

function toolFindings({ version, node, leastNode }: Preflight): readonly DoctorCheck[] {
  const tool: DoctorCheck = { kind: "tool", version, node };
  return isOlder(node, leastNode)
    ? [tool, { kind: "node_too_old", node, least: leastNode }]
    : [tool];
}

function configFinding({ file, config: result }: Preflight): DoctorCheck {
  if (result.kind === "invalid") {
    if (result.problems.some(isMissingFile(file))) return { kind: "config_missing", file };
    return { kind: "config_unusable", file, problems: result.problems };
  }
  const { project, environment, agents } = result.config.desired;
  return { kind: "config_valid", file, project, environment, agents: agents.length };
}

function isMissingFile(file: string): (problem: Problem) => boolean {
  return (problem) =>
    problem.code === "file_unavailable" && problem.fault === "missing" && problem.path === file;
}

function checkoutFinding({ checkout }: Preflight): DoctorCheck {
  switch (checkout.kind) {
    case "none":
      return { kind: "checkout_none" };
    case "unusable":
      return { kind: "checkout_unusable", problem: checkout.problem };
    case "whole":
    case "shallow":
      return { kind: `checkout_${checkout.kind}`, commit: checkout.commit };
  }
}

function keyFinding({ key }: Preflight): DoctorCheck {
  switch (key.kind) {
    case "unneeded":
    case "unknown":
      return { kind: `key_${key.kind}` };
    case "set":
    case "missing":
      return { kind: `key_${key.kind}`, variable: key.variable };
  }
}

function proxyFinding({ proxy }: Preflight): DoctorCheck {
  if (proxy === undefined) return { kind: "proxy_none" };
  const { variable, host, isUsed } = proxy;
  return isUsed ? { kind: "proxy_used", variable, host } : { kind: "proxy_excepted", variable };
}

/** Compares version numbers such as 20.19.0 and 22.3.1. */
function isOlder(version: string, least: string): boolean {
  const [numbers, leastNumbers] = [version, least].map((each) => each.split(".").map(Number));
  for (const [at, number] of (leastNumbers ?? []).entries()) {
    const own = numbers?.[at] ?? 0;
    if (own !== number) return own < number;
  }
  return false;
}
