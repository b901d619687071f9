// What the event log tells of versions that came and went, taken into the index of files [E1].
import type { EventRecord } from "../../core/records.ts";
import { findArtifact, getManifest, versionsOf } from "../../store/artifacts.ts";
import type { ReadTx } from "../../store/transaction.ts";
import type { FileIndex } from "./file-index.ts";

/** Events looked at in one go: a search waits for no more. */
const EVENTS_AT_ONCE = 64;

const TELLS = /^(version-(logged|renumbered|absorbed)|versions-(deleted|restored|purged))$/;
const SUBJECT = /^([^/]+)\/([^/:]+)(?::v\d+)?$/;

export type EventTx = ReadTx<"events" | "artifacts" | "versions" | "deletedVersions" | "manifests">;

/**
 * Reads anew what the next events after `after` are about.
 *
 * @param mostRows files there is room for
 * @returns the last event taken in, and whether there are more
 */
export async function applyEvents(
  tx: EventTx,
  index: FileIndex,
  after: number,
  mostRows: number,
): Promise<{ readonly last: number; readonly hasMore: boolean }> {
  const range = IDBKeyRange.lowerBound(after, true);
  const events = await tx.objectStore("events").getAll(range, EVENTS_AT_ONCE);
  for (const subject of new Set(events.flatMap(artifactOf))) {
    const [project = "", name = ""] = subject.split("/");
    await readLine(tx, index, project, name, mostRows);
  }
  return { last: events.at(-1)?.seq ?? after, hasMore: events.length === EVENTS_AT_ONCE };
}

/** The `project/name` whose versions an event changed. */
function artifactOf({ kind, subject }: EventRecord): readonly string[] {
  const [, project, name] = TELLS.test(kind) ? (SUBJECT.exec(subject) ?? []) : [];
  return project === undefined || name === undefined ? [] : [`${project}/${name}`];
}

async function readLine(
  tx: EventTx,
  index: FileIndex,
  project: string,
  name: string,
  mostRows: number,
): Promise<void> {
  const artifact = await findArtifact(tx, project, name);
  if (artifact === undefined) return;
  const range = IDBKeyRange.bound([artifact.uid], [artifact.uid, []]);
  const [live, deleted] = await Promise.all([
    versionsOf(tx, artifact.uid),
    tx.objectStore("deletedVersions").index("byNumber").getAll(range),
  ]);
  const versions = [
    ...live.map((version) => ({ ...version, inTrash: false })),
    // Without a trash entry it is a tombstone.
    ...deleted
      .filter(({ trash }) => trash !== undefined)
      .map((version) => ({ ...version, inTrash: true })),
  ];
  index.setLine(artifact.uid, artifact, versions);
  for (const { digest, fileCount } of versions) {
    if (index.isRead(index.numberOf(digest)) || index.rows + fileCount > mostRows) continue;
    index.addPart(digest, 0, await getManifest(tx, digest));
  }
}
