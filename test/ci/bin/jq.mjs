// Stands in for jq, as far as the documentation uses it: jq [-e] [-r] FILTER [FILE].
import { readFileSync } from "node:fs";
import jq from "jq-wasm";

const args = process.argv.slice(2);
const flags = args.filter((each) => /^-[er]$/.test(each));
const [filter, file = 0, ...others] = args.filter((each) => !/^-[er]$/.test(each));
if (filter === undefined || others.length > 0) throw new Error(`jq: ${args.join(" ")}`);
try {
  const out = await jq.raw(readFileSync(file, "utf8"), filter, flags);
  if (out !== "") process.stdout.write(`${out}\n`);
  const last = out.split("\n").at(-1);
  if (flags.includes("-e") && ["", "null", "false"].includes(last)) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 3;
}
