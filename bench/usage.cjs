// Preloaded into every measured process: tells on exit what it used and what it loaded, through a file that the bench names.
const { statSync, writeFileSync } = require("node:fs");

process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const files = Object.keys(require.cache).filter((file) => file !== __filename);
  const used = {
    cpu: (userCPUTime + systemCPUTime) / 1000,
    rss: maxRSS / 1024,
    files: files.length,
    bytes: files.reduce((sum, file) => sum + statSync(file).size, 0),
    builtins: process.moduleLoadList.filter((each) => each.startsWith("NativeModule ")).length,
  };
  if (process.env.BENCH_USAGE) writeFileSync(process.env.BENCH_USAGE, JSON.stringify(used));
});
