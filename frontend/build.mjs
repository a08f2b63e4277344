// Builds static/dist: a style sheet and a script for every page, one more of each for the desk, the pictures, their .br
// and .gz twins, the manifest that maps plain names to hashed ones, and the fonts of printed pages, which no browser gets.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "..", "static", "dist");

// Only the weights that are printed: each is 50 to 530 kB.
const FONTS = {
  "atkinson-hyperlegible": ["400Regular", "700Bold"],
  "noto-nastaliq-urdu": ["400Regular"],
  "noto-sans-arabic": ["400Regular"],
  "noto-sans-bengali": ["400Regular"],
  "noto-sans-gujarati": ["400Regular"],
  "noto-sans-gurmukhi": ["400Regular"],
};

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
  const packed = brotliCompressSync(text);
  writeFileSync(join(dist, hashed), text);
  writeFileSync(join(dist, `${hashed}.br`), packed);
  writeFileSync(join(dist, `${hashed}.gz`), gzipSync(text, { level: 9 }));
  manifest[name] = hashed;
  console.log(`${hashed}  ${text.length} bytes, ${packed.length} compressed`);
}

function pictures() {
  const folder = join(here, "pictures");
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

function copyFonts() {
  mkdirSync(join(dist, "fonts"));
  for (const [family, weights] of Object.entries(FONTS)) {
    for (const weight of weights) {
      const folder = join(here, "node_modules", "@expo-google-fonts", family, weight);
      const name = readdirSync(folder).find((file) => file.endsWith(".ttf"));
      copyFileSync(join(folder, name), join(dist, "fonts", name));
    }
  }
}

const built = pictures();
for (const name of ["main", "desk"]) {
  built[`${name}.css`] = style(name);
  built[`${name}.js`] = script(name);
}
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
const manifest = {};
for (const [name, text] of Object.entries(built)) write(name, text, manifest);
copyFonts();
writeFileSync(join(dist, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
