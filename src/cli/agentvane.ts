#!/usr/bin/env node
import { endOnCrash } from "./crash.ts";
import { main } from "./main.ts";

// A run that breaks off before it reports its end must not look like success.
process.exitCode = 1;
endOnCrash();
// The output is written, and pending work must not delay the end.
void main(process.argv.slice(2)).then((code) => process.exit(code));
