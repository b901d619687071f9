// Takes what a drop or a paste holds.
import { CairnError } from "../../core/errors.ts";
import { found, type Picked, type ReadOptions, type SkippedFolder } from "./found.ts";
import { nodeOf } from "./nodes.ts";
import { walk, type PlacedNode } from "./walk.ts";

/** As much of a DataTransfer as taking it needs. */
export interface Transfer {
  readonly items: Iterable<TransferItem>;
}

interface TransferItem extends Pick<DataTransferItem, "kind" | "getAsFile" | "webkitGetAsEntry"> {
  /** Chromium only. */
  getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
}

/** True when a drag or the clipboard holds files; the only thing a page may know before the drop. */
export function hasFiles(transfer: DataTransfer | null): transfer is DataTransfer {
  return transfer !== null && transfer.types.includes("Files");
}

/**
 * Takes hold of the dropped or pasted things. Call it inside the event: the list is emptied when
 * the handler returns, and what was taken out of it stays usable.
 *
 * @throws CairnError `nothing_dropped` for a drop of nothing, or of text
 */
export function takeTransfer(transfer: Transfer): Picked {
  const taken: {
    readonly entry: FileSystemEntry;
    readonly handle: Promise<FileSystemHandle | null>;
  }[] = [];
  const files: File[] = [];
  const items = [...transfer.items];
  for (const item of items) {
    if (item.kind !== "file") continue;
    const entry = item.webkitGetAsEntry();
    if (entry !== null) taken.push({ entry, handle: takeHandle(item) });
    else {
      // An image copied from another program has no entry.
      const file = item.getAsFile();
      if (file !== null) files.push(file);
    }
  }
  if (taken.length + files.length === 0)
    throw new CairnError("nothing_dropped", {
      found: items.some((item) => item.kind === "string") ? "text" : "nothing",
    });
  const loose = files.map((file) => found(file.name, file));
  return {
    tops: [
      ...taken.map(({ entry }) => ({ name: entry.name, isFolder: entry.isDirectory })),
      ...loose.map(({ path }) => ({ name: path, isFolder: false })),
    ],
    async read(options) {
      if (loose.length > 0)
        options.onBatch({ files: loose, skipped: [], problems: [], emptyFolders: 0 });
      const placed: PlacedNode[] = [];
      for (const { entry, handle } of taken) {
        const granted = (await handle) ?? undefined;
        const node = nodeOf(entry, () => granted);
        if (node !== null) placed.push({ path: entry.name, node });
      }
      const foundAny = await walk(placed, options);
      if (!foundAny && loose.length === 0)
        throw new CairnError("nothing_dropped", { found: "empty_folders" });
    },
  };
}

/** Reads folders that were skipped before. */
export async function readSkipped(
  folders: readonly SkippedFolder[],
  options: ReadOptions,
): Promise<void> {
  await walk(folders, options);
}

/** The item's handle where the browser has such and grants it. */
async function takeHandle(item: TransferItem): Promise<FileSystemHandle | null> {
  try {
    return (await item.getAsFileSystemHandle?.()) ?? null;
  } catch {
    return null;
  }
}
