// What the build tells the service worker.

/** Everything one build consists of. Paths are relative to the scope. */
export interface Precache {
  /** Changes with any file's content. */
  readonly version: string;
  /** The page's script; a page without it is of another build. */
  readonly main: string;
  /** All files but the page itself. */
  readonly files: readonly string[];
}
