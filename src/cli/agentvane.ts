#!/usr/bin/env node
import { main } from "./main.ts";

// A run that breaks off before it has told how it ended must not look like success.
process.exitCode = 1;
process.exitCode = await main(process.argv.slice(2));
