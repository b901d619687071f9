// `.gitattributes`: which paths are kept by LFS.

const ENDINGS =
  "7z arrow bin bz2 ckpt ftz gz h5 joblib lfs.* mlmodel model msgpack npy npz onnx ot parquet pb pickle " +
  "pkl pt pth rar safetensors tar.* tar tflite tgz wasm xz zip zst";

/** What a new repo starts with; the Hub's own is about this. */
export const DEFAULT_ATTRIBUTES = [
  ...ENDINGS.split(" ").map((ending) => `*.${ending}`),
  "saved_model/**/*",
  "*tfevents*",
]
  .map(attributeLine)
  .join("");

/** The line that puts a pattern, or one path, under LFS. */
export function attributeLine(pattern: string): string {
  return `${pattern.replaceAll(" ", "[[:space:]]")} filter=lfs diff=lfs merge=lfs -text\n`;
}

/** Tells for a path whether these attributes put it under LFS; the last line that matches counts. */
export function lfsMatcher(text: string): (path: string) => boolean {
  const rules = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(/\s+/))
    .map(([pattern = "", ...attributes]) => ({
      matches: globToRegExp(pattern),
      filter: attributes.findLast((name) => /^-?filter\b/.test(name)),
    }))
    .filter((rule) => rule.filter !== undefined);
  return (path) => rules.findLast(({ matches }) => matches.test(path))?.filter === "filter=lfs";
}

/** A pattern of gitattributes: without a slash it matches the name in any folder. */
function globToRegExp(pattern: string): RegExp {
  const anchored = pattern.includes("/");
  const source = pattern
    .replace(/^\//, "")
    .replaceAll("[[:space:]]", " ")
    .replaceAll(/\*\*\/|\/\*\*$|\*|\?|[.+^${}()|[\]\\]/g, (token) => {
      if (token === "**/") return "(?:[^/]+/)*";
      if (token === "/**") return "/.+";
      if (token === "*") return "[^/]*";
      if (token === "?") return "[^/]";
      return `\\${token}`;
    });
  return new RegExp(`^${anchored ? "" : "(?:.*/)?"}${source}$`, "u");
}
