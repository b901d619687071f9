// Takes what a file chooser gave.
import { CairnError } from "../../core/errors.ts";
import { Batcher } from "./batcher.ts";
import { found, throwIfAborted, type Picked } from "./found.ts";

/** The chooser's list is read in slices of this length, so that 100,000 files don't stall the page. */
const SLICE_MS = 8;

/**
 * Takes the files of an `<input type="file">`. With `webkitdirectory` their paths start with the
 * chosen folder's name; the chooser doesn't tell of empty folders.
 *
 * @throws CairnError `nothing_dropped` for an empty list
 */
export function takeFileList(list: FileList): Picked {
  const files = [...list];
  if (files.length === 0) throw new CairnError("nothing_dropped", { found: "empty_folders" });
  const tops = new Map<string, boolean>();
  for (const file of files) {
    const path = pathOf(file);
    const slash = path.indexOf("/");
    tops.set(slash < 0 ? path : path.slice(0, slash), slash >= 0);
  }
  return {
    tops: [...tops].map(([name, isFolder]) => ({ name, isFolder })),
    async read({ onBatch, signal }) {
      const batcher = new Batcher(onBatch);
      let sliceEnds = performance.now() + SLICE_MS;
      for (const file of files) {
        batcher.addFiles([found(pathOf(file), file)]);
        if (performance.now() < sliceEnds) continue;
        await new Promise((resolve) => setTimeout(resolve));
        throwIfAborted(signal);
        sliceEnds = performance.now() + SLICE_MS;
      }
      throwIfAborted(signal);
      batcher.flush();
    },
  };
}

function pathOf(file: File): string {
  return file.webkitRelativePath === "" ? file.name : file.webkitRelativePath;
}
