// What the build tells the service worker.

/** Everything one build consists of. Paths are relative to the scope. */
export interface Precache {
  /** Changes with any file's content. The page carries it too. */
  readonly version: string;
  /** All files but the page itself. */
  readonly files: readonly string[];
}
