// Bundles the browser side of the HTML report: one script and one style, with the digests that allow them to run.
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The assets that every HTML report carries; the same source gives the same bytes. */
export async function buildPage() {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: { script: "src/page/page.ts", style: "src/page/page.css" },
    outdir: "page",
    write: false,
    bundle: true,
    minify: true,
    format: "iife",
    platform: "browser",
    target: ["chrome123", "firefox120", "safari17.5"],
    // Whatever a server says about the file's encoding, the script is the same.
    charset: "ascii",
    logLevel: "warning",
    metafile: true,
  });
  const strangers = Object.keys(metafile.inputs).filter((file) => !file.startsWith("src/page/"));
  if (strangers.length > 0) throw new Error(`the page bundles ${strangers.join(", ")}`);
  const [script, style] = [".js", ".css"].map((ending) => {
    const file = outputFiles.find(({ path }) => path.endsWith(ending));
    if (file === undefined) throw new Error(`the page has no ${ending}`);
    return file.text.trimEnd();
  });
  return { script, style, scriptDigest: digest(script), styleDigest: digest(style) };
}

/** As a content security policy names an inline script or style. */
function digest(text) {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
