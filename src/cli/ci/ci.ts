import { endOnCrash } from "../crash.ts";
import { runCiJob } from "./job.ts";

endOnCrash();
process.exitCode = await runCiJob();
