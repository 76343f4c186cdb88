// Preloaded into a run: writes what it had loaded when it ended into the file that LOADED names.
process.on("exit", () => {
  const files = Object.keys(require.cache)
    .filter((file) => file !== __filename)
    .map((file) => file.split(/[\\/]/).at(-1));
  const modules = process.moduleLoadList.flatMap(
    (each) => /^NativeModule (.*)/.exec(each)?.[1] ?? [],
  );
  require("node:fs").writeFileSync(process.env.LOADED, JSON.stringify({ files, modules }));
});
