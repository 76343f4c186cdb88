import type { RunEvent } from "../../commands/event.ts";
import type { ErrorKind, EventRows } from "../event-row.ts";
import { applyRows } from "./apply.ts";
import { approvalRows } from "./approval.ts";
import { bindingsRows } from "./bindings.ts";
import { configRows } from "./config.ts";
import { doctorRows } from "./doctor.ts";
import { fileRows } from "./file.ts";
import { lookRows } from "./look.ts";
import { planRows } from "./plan.ts";
import { serverRows } from "./server.ts";
import { sessionRows } from "./session.ts";
import { talkRows } from "./talk.ts";

/** The row of every event there is. */
export const everyRow = {
  ...sessionRows,
  ...configRows,
  ...bindingsRows,
  ...serverRows,
  ...planRows,
  ...approvalRows,
  ...applyRows,
  ...talkRows,
  ...doctorRows,
  ...lookRows,
  ...fileRows,
} satisfies EventRows<RunEvent>;

/** The codes of errors: each has a section in docs/problems.md. */
export type ErrorCode = ErrorKind<typeof everyRow>;
