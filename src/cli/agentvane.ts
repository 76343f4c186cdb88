#!/usr/bin/env node
import { endOnCrash } from "./crash.ts";
import { main } from "./main.ts";

// A run that breaks off before it has told how it ended must not look like success.
process.exitCode = 1;
endOnCrash();
// The output is written, and nothing that is still under way may hold up the end.
void main(process.argv.slice(2)).then((code) => process.exit(code));
