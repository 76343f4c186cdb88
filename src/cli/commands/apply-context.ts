import { randomBytes } from "node:crypto";
import type { ApplyContext } from "../../commands/apply.ts";
import { durationFlag } from "../args/flag-values.ts";
import { systemClock } from "../clock.ts";
import { gateRunner } from "../gate-runner.ts";
import { type OpenedCheckout, openCheckout } from "../git/checkout.ts";
import { provenance } from "../git/provenance.ts";
import type { OpenedProject } from "../open-project.ts";
import type { Session } from "../session.ts";

type CarriedProject = Pick<OpenedProject, "writer" | "parallelism"> & {
  readonly config: Pick<OpenedProject["config"], "folder" | "reveal"> & {
    /** Files whose commit state is recorded with the version. */
    readonly files?: readonly string[];
  };
};

/** What a command that writes gets, and the checkout of its configuration. */
export async function applyContextOf(
  { invocation, shutdown, mask }: Session,
  { config, writer, parallelism }: CarriedProject,
): Promise<ApplyContext & { readonly opened: OpenedCheckout }> {
  const opened = await openCheckout(config.folder, shutdown.ended, config.files);
  return {
    opened,
    tools: {
      writer,
      clock: systemClock,
      reveal: config.reveal,
      runGate: gateRunner(config.folder, shutdown.ended, mask),
      checking: undefined,
    },
    apply: {
      parallelism,
      settleMs: durationFlag(invocation, "settle", 20_000),
      release: releaseId(),
      nonce: randomBytes(8).toString("hex"),
      provenance: provenance(opened.checkout, mask()),
      timeLeft: shutdown.left,
      stopped: shutdown.reason,
    },
  };
}

/** One id per run: its time in milliseconds, so that ids sort by start, and enough random bytes to be unique. */
export function releaseId(): string {
  const time = new Date().toISOString().replace(/[-:.]/g, "");
  return `${time}-${randomBytes(3).toString("hex")}`;
}
