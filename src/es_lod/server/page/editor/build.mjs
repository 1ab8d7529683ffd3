// Bundles the editor into the package, with the licences of what is in the bundle beside it.
//
//     node build.mjs [FOLDER]    writes into FOLDER instead

import { build } from "esbuild";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const folder = process.argv[2] ?? join(here, "../assets");

const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: ["main.js"],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  legalComments: "none", // they stand in the file of the licences
  banner: { js: "// CodeMirror and what it uses: see editor-licences.txt; the source is in page/editor/." },
  outfile: join(folder, "editor.js"),
  metafile: true,
});

const packages = new Set();
for (const path of Object.keys(metafile.inputs)) {
  const found = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path);
  if (found) packages.add(found[1]);
}
const said = [...packages].sort().map((name) => {
  const { version, license } = JSON.parse(readFileSync(join(here, "node_modules", name, "package.json")));
  const text = readFileSync(join(here, "node_modules", name, "LICENSE"), "utf8").trim();
  return `${name} ${version} (${license})\n\n${text}\n`;
});
const rule = `\n${"-".repeat(80)}\n\n`;
const head = "What editor.js is made of, beside the files in page/editor/ of es-lod.\n";
writeFileSync(join(folder, "editor-licences.txt"), [head, ...said].join(rule));
