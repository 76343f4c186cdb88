import { type Behaviour, parseSwitches } from "../../emulator/behaviour.ts";
import { type Fault, parseFault } from "../../emulator/faults.ts";
import { listen } from "../../emulator/listen.ts";
import { countFlag } from "../args/flag-values.ts";
import { seeHelp, UsageError } from "../args/invocation.ts";
import { openEmulator, readScript } from "../local-emulator.ts";
import { MachineError } from "../machine-error.ts";
import type { Session } from "../session.ts";

/** `agentvane emulate`: serves until it is asked to stop. */
export async function run(session: Session): Promise<void> {
  const { invocation, shutdown, streams } = session;
  const port = countFlag(invocation, "port", 8787, 0);
  const { behaviour, faults } = readWishes(session);
  const script = invocation.value("conversations");
  const emulator = openEmulator(invocation.value("data"), {
    behaviour,
    onWait: (path) => session.emit({ kind: "data_busy", path }),
    ...(script !== undefined && { conversations: readScript(script) }),
  });
  for (const fault of faults) emulator.faults.add(fault);
  // The log of requests cannot be read here, and would keep every prompt for the life of the server.
  emulator.onRequest(() => emulator.clearRequests());
  const server = await listen(emulator, { port }).catch((error: unknown) => {
    throw new MachineError("--port", error instanceof Error ? error.message : String(error));
  });
  streams.out.write(`Agents API on ${server.url}, any API key works; stop it with Ctrl-C\n`);
  await new Promise<void>((resolve) => shutdown.signal.addEventListener("abort", () => resolve()));
  await server.close();
  await emulator.saved();
}

function readWishes({ invocation }: Session): {
  readonly behaviour: Partial<Behaviour>;
  readonly faults: readonly Fault[];
} {
  try {
    return {
      behaviour: parseSwitches(invocation.list("switch")),
      faults: invocation.list("fault").map(parseFault),
    };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new UsageError(problem, seeHelp(invocation.command));
  }
}
