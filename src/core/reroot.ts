// Moving a set of dropped paths to another root before they are logged.

/** How dropped paths become logical paths: leading folders off, then a folder in front. */
export interface Root {
  /** Number of leading folders removed from each path that has that many. */
  readonly strip: number;
  /** Folder put in front, without slashes at its ends; empty for none. */
  readonly prefix: string;
}

/** The logical path of a dropped one. A file's own name is never stripped. */
export function reroot(path: string, root: Root): string {
  let rest = path;
  for (let i = 0; i < root.strip; i++) {
    const slash = rest.indexOf("/");
    if (slash < 0) break;
    rest = rest.slice(slash + 1);
  }
  return root.prefix === "" ? rest : `${root.prefix}/${rest}`;
}
