// Files a folder drop leaves out unless told otherwise [F6].

/** Patterns in .gitignore form; a slash at the end means a folder. */
export const DEFAULT_IGNORES: readonly string[] = [
  ".DS_Store",
  "Thumbs.db",
  "desktop.ini",
  "__MACOSX/",
  ".git/",
];
