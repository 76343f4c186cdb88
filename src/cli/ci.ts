import { runCiJob } from "./ci-job.ts";

process.exitCode = await runCiJob();
