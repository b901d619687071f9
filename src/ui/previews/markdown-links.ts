// Where a link in a text leads: to the web, to a file of the same version, or nowhere.

/** What a link may do. */
type LinkTarget =
  | { readonly kind: "web"; readonly href: string; readonly host: string }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "none" };

const WEB = new Set(["http:", "https:", "mailto:"]);

/**
 * Reads a link as it stands in the file at `path`.
 *
 * @param has whether the version holds a file
 */
export function targetOf(url: string, path: string, has: (path: string) => boolean): LinkTarget {
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(url.trim())) {
    if (!URL.canParse(url)) return { kind: "none" };
    const { protocol, href, host, pathname } = new URL(url);
    if (!WEB.has(protocol)) return { kind: "none" };
    return { kind: "web", href, host: protocol === "mailto:" ? pathname : host };
  }
  const file = resolve(url, path);
  return file !== null && has(file) ? { kind: "file", path: file } : { kind: "none" };
}

/** The logical path a relative link names, or `null` where it leads out of the version. */
function resolve(url: string, from: string): string | null {
  const [name = ""] = url.split(/[?#]/, 1);
  if (name === "") return null;
  const parts = name.startsWith("/") ? [] : from.split("/").slice(0, -1);
  for (const part of decode(name).split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join("/");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
