// Builds static/dist: a style sheet and a script for every page, one more of each for the desk, their .gz twins and the manifest that maps plain names to hashed ones.
import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "..", "static", "dist");

// The toolkit knows left and right alone. Start and end are the same in English and mirrored in Arabic or Urdu.
const SIDES = { left: "start", right: "end" };
function mirrored(css) {
  return css
    .replace(/(?<=[;{])(margin|padding|border)-(left|right)(?=[-:])/g, (_, name, side) => `${name}-inline-${SIDES[side]}`)
    .replace(/(?<=[;{])(left|right):/g, (_, side) => `inset-inline-${SIDES[side]}:`)
    .replace(/(?<=[;{]text-align:)(left|right)/g, (_, side) => SIDES[side]);
}

function style(name) {
  const { css } = sass.compile(join(here, "scss", `${name}.scss`), {
    loadPaths: [join(here, "node_modules")],
    quietDeps: true,
    style: "compressed",
  });
  return esbuild.transformSync(mirrored(css), { loader: "css", minify: true, target: "chrome109" }).code;
}

function script(name) {
  const result = esbuild.buildSync({
    bundle: true,
    entryPoints: [join(here, "js", `${name}.js`)],
    format: "iife",
    minify: true,
    target: "es2020",
    write: false,
  });
  return result.outputFiles[0].text;
}

// The pages may ask nothing of another host, and the content policy allows no data: image.
function refuseForeign(name, text) {
  const found = text.match(/url\(|@import|https?:\/\/(?!www\.w3\.org)/);
  if (found) throw new Error(`${name} contains ${found[0]}: … ${text.slice(found.index, found.index + 80)}`);
}

function write(name, text, manifest) {
  refuseForeign(name, text);
  const [stem, ending] = name.split(".");
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 12);
  const hashed = `${stem}-${hash}.${ending}`;
  const packed = gzipSync(text, { level: 9 });
  writeFileSync(join(dist, hashed), text);
  writeFileSync(join(dist, `${hashed}.gz`), packed);
  manifest[name] = hashed;
  console.log(`${hashed}  ${text.length} bytes, ${packed.length} compressed`);
}

const built = {};
for (const name of ["main", "desk"]) {
  built[`${name}.css`] = style(name);
  built[`${name}.js`] = script(name);
}
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
const manifest = {};
for (const [name, text] of Object.entries(built)) write(name, text, manifest);
writeFileSync(join(dist, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
