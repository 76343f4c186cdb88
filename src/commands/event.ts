import type { ApplyEvent } from "../apply/event.ts";
import type { ApprovalEvent } from "./approval-event.ts";
import type { BindingsEvent } from "./bindings-event.ts";
import type { ConfigEvent } from "./config-event.ts";
import type { DoctorEvent } from "./doctor-event.ts";
import type { FileEvent } from "./file-event.ts";
import type { LookEvent } from "./look-event.ts";
import type { PlanEvent } from "./plan-event.ts";
import type { ServerEvent } from "./server-event.ts";
import type { SessionEvent } from "./session-event.ts";
import type { TalkEvent } from "./talk-event.ts";

/**
 * Every event of a run, by the kind of run that emits it. Each output format, and the exit code, is a fold of these;
 * they contain no texts for people.
 */
export type RunEvent =
  | SessionEvent
  | ConfigEvent
  | BindingsEvent
  | ServerEvent
  | PlanEvent
  | ApprovalEvent
  | ApplyEvent
  | TalkEvent
  | DoctorEvent
  | LookEvent
  | FileEvent;

/** Takes events as they happen. */
export type Emit<Event extends RunEvent = RunEvent> = (event: Event) => void;
