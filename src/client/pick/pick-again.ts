// Files that were found before, given once more.
import { CairnError } from "../../core/errors.ts";
import { throwIfAborted, type FoundFile, type Picked } from "./found.ts";

/** What was found, to be taken as a drop of its own. */
export function pickAgain(files: readonly FoundFile[]): Picked {
  const tops = new Map(
    files.map(({ path }) => {
      const slash = path.indexOf("/");
      return slash < 0 ? [path, false] : [path.slice(0, slash), true];
    }),
  );
  return {
    tops: [...tops].map(([name, isFolder]) => ({ name, isFolder })),
    read({ onBatch, signal }) {
      throwIfAborted(signal);
      if (files.length === 0) throw new CairnError("nothing_dropped", { found: "nothing" });
      onBatch({ files, skipped: [], problems: [], emptyFolders: 0 });
      return Promise.resolve();
    },
  };
}
