// Bytes that the hub takes only through Xet, or that it keeps losing when they come otherwise.
import type { UploadObject } from "./upload-object.ts";
import type { Run } from "./round-run.ts";

/** Where Xet's own commit puts them, under a name that is LFS by pattern; the next round takes them away. */
export const XET_FOLDER = "cairn/uploads";
/** Bodies held at once. */
const GROUP_BYTES = 256 * 1024 ** 2;

/** Uploads objects so that the repository has them. Moves the head. */
export async function sendByXet(run: Run, objects: readonly UploadObject[]): Promise<void> {
  const bytes = objects.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  run.meter.step("uploading", { files: objects.length, bytes });
  run.mood.hasXetUploads = true;
  for (const group of groupsOf(objects)) {
    await run.step("xet");
    const files = [];
    for (const { sha256, body } of group)
      files.push({ path: `${XET_FOLDER}/${sha256}.lfs.json`, body: await body(run.signal) });
    let counted = 0;
    const count = (sentBytes: number): void => {
      run.meter.addBytes(sentBytes - counted);
      counted = sentBytes;
    };
    await run.hub.uploadByXet(files, count, run.signal);
    run.meter.addFiles(group.length);
    run.tally.sentObjects += group.length;
    run.tally.sentBytes += group.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  }
}

function* groupsOf(objects: readonly UploadObject[]): Generator<readonly UploadObject[]> {
  let group: UploadObject[] = [];
  let bytes = 0;
  for (const object of objects) {
    if (group.length > 0 && bytes + object.sizeBytes > GROUP_BYTES) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(object);
    bytes += object.sizeBytes;
  }
  if (group.length > 0) yield group;
}
