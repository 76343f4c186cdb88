// A lockfile that names download hosts ties every clone to the registry of whoever wrote it.
import { readFileSync } from "node:fs";

const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
const resolved = Object.entries(packages).filter(([, each]) => each.resolved !== undefined);
if (Object.keys(packages).length < 10) throw new Error("the lockfile was not read");
if (resolved.length > 0) {
  console.error(
    `package-lock.json: ${resolved.length} entries name a download host; run npm install again`,
  );
  process.exit(1);
}
