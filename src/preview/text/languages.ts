// Which language a file is in, by its name. The names on the left are those of the grammars in highlight.ts.

const ENDINGS: Readonly<Record<string, string>> = {
  bash: "sh bash zsh ksh fish bats profile bashrc zshrc",
  c: "c h",
  cmake: "cmake",
  cpp: "cc cpp cxx hh hpp hxx cu cuh ino metal",
  csharp: "cs csx",
  css: "css",
  diff: "diff patch",
  dockerfile: "dockerfile",
  go: "go",
  graphql: "graphql gql",
  html: "html htm xhtml vue svelte",
  ini: "ini toml cfg conf properties editorconfig gitconfig env",
  java: "java",
  javascript: "js mjs cjs jsx",
  json: "json geojson topojson jsonld webmanifest har sarif map jsonl ndjson ipynb json5 jsonc",
  julia: "jl",
  kotlin: "kt kts",
  latex: "tex sty cls bib",
  less: "less",
  lua: "lua",
  makefile: "mk mak",
  markdown: "md markdown mdx qmd rmd",
  matlab: "m",
  perl: "pl pm",
  php: "php",
  powershell: "ps1 psm1 psd1",
  protobuf: "proto",
  python: "py pyi pyw pyx pxd bzl",
  r: "r rprofile",
  ruby: "rb gemspec rake",
  rust: "rs",
  scala: "scala sc sbt",
  scss: "scss",
  sql: "sql",
  swift: "swift",
  typescript: "ts mts cts tsx",
  wasm: "wat wast",
  xml: "xml svg xsd xsl xslt rss atom plist kml gpx graphml gexf",
  yaml: "yml yaml cff",
};
const FILE_NAMES: Readonly<Record<string, string>> = {
  dockerfile: "dockerfile",
  containerfile: "dockerfile",
  makefile: "makefile",
  gnumakefile: "makefile",
  rakefile: "ruby",
  gemfile: "ruby",
  build: "python",
  workspace: "python",
  sconstruct: "python",
  "cmakelists.txt": "cmake",
  "pipfile.lock": "json",
  pipfile: "ini",
  "cargo.lock": "ini",
  "poetry.lock": "ini",
  "uv.lock": "ini",
  mlmodel: "yaml",
  "conda.lock": "yaml",
};
/** Text that has no grammar. */
const PLAIN =
  "txt text log out err rst adoc org csv tsv tab psv lst list vocab merges names classes license readme authors notice changelog copying gitignore gitattributes dockerignore lock srt vtt tok fasta fa pdb xyz obj mtl ply";

const LANGUAGES = new Map(
  Object.entries(ENDINGS).flatMap(([language, endings]) =>
    endings.split(" ").map((ending) => [ending, language] as const),
  ),
);
const PLAIN_ENDINGS = new Set(PLAIN.split(" "));

/** The language of a file by its name; `null` where it has none we colour. */
export function languageOf(path: string): string | null {
  const name = fileNameOf(path);
  if (Object.hasOwn(FILE_NAMES, name)) return FILE_NAMES[name] ?? null;
  if (name.startsWith("dockerfile.")) return "dockerfile";
  return LANGUAGES.get(endingOf(path)) ?? null;
}

/** Whether a name is that of a text. */
export function isTextName(path: string): boolean {
  return languageOf(path) !== null || PLAIN_ENDINGS.has(endingOf(path));
}

/** What follows the last dot of a path's file name, or the whole name where there is none; in lower case. */
export function endingOf(path: string): string {
  const name = fileNameOf(path);
  return name.slice(name.lastIndexOf(".") + 1);
}

function fileNameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).toLowerCase();
}
