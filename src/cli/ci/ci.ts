import { runCiJob } from "./job.ts";

process.exitCode = await runCiJob();
