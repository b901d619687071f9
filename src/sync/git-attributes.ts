// Lines of `.gitattributes` for the app's large files: the hub adds one of its own for each that no line covers.

export const ATTRIBUTES_PATH = ".gitattributes";

/**
 * The text with a line for each of the paths. Files of one kind in one folder share one, unless a
 * file that is to stay a text would come under it.
 *
 * @param texts paths that must not be covered
 */
export function withLfsLines(
  text: string,
  paths: readonly string[],
  texts: readonly string[],
): string {
  const taken = new Set(texts.map(patternOf));
  const lines = new Set(text.split("\n").map((line) => line.trim()));
  const missing = paths
    .map((path) => (taken.has(patternOf(path)) ? path : patternOf(path)))
    .map((pattern) => `${pattern} filter=lfs diff=lfs merge=lfs -text`)
    .filter((line) => !lines.has(line));
  if (missing.length === 0) return text;
  const start = text === "" || text.endsWith("\n") ? text : `${text}\n`;
  return `${start}${[...new Set(missing)].join("\n")}\n`;
}

/** Such as `icons/*.png`. */
function patternOf(path: string): string {
  const [, folder = "", extension] = /^(.*\/)?[^/]*?(\.[^./]*)?$/.exec(path) ?? [];
  return extension === undefined ? path : `${folder}*${extension}`;
}
