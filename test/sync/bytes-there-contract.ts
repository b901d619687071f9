// What a remote holds and this browser lacks, against any IndexedDB.
import { describe, expect, test, vi } from "vitest";
import type { Digest } from "../../src/core/digest.ts";
import type { IngestUid, VersionRecord } from "../../src/core/records.ts";
import type { RemoteUid } from "../../src/core/sync/remote.ts";
import type { RemoteFilesRecord } from "../../src/store/sync-records.ts";
import { missingBytes, usedBytes } from "../../src/sync/bytes-there.ts";
import { digestOf, openRows, type Rows } from "../support/rows.ts";

const REMOTE = "01M" as RemoteUid;
/** Their rows lie in front of the remote's and behind them. */
const OTHERS = ["01A", "01MM", "01Z"].map((uid) => uid as RemoteUid);

type Files = readonly (readonly [digest: Digest, size: number])[];

function filesRow(files: Files): RemoteFilesRecord {
  return {
    commit: "c",
    digests: files.map(([digest]) => digest),
    paths: files.map(([digest]) => `artifacts/${digest}`),
    offsets: files.map(() => 0),
    sizes: files.map(([, size]) => size),
    sha256s: files.map(([digest]) => digest.slice("blake3:".length)),
    packs: new Map(),
    seenAt: "2026-01-01T00:00:00.000Z",
  };
}

async function putThere(
  { db }: Rows,
  remote: RemoteUid,
  { uid }: VersionRecord,
  ...parts: readonly Files[]
): Promise<void> {
  for (const [part, files] of parts.entries())
    await db.put("remoteFiles", filesRow(files), [remote, uid, part]);
}

async function putHere({ db }: Rows, digest: Digest): Promise<void> {
  const pack = { digests: [digest], offsets: [0], sizes: [1], parts: 1 };
  await db.put("packs", pack, ["i" as IngestUid, 0]);
}

const missing = async ({ db }: Rows): Promise<Readonly<Record<string, number>>> =>
  Object.fromEntries(await missingBytes(db, REMOTE));

export function bytesThereContract(): void {
  describe("bytes there and here", () => {
    test("[S2] missing are the bytes of live versions that are only there, each file once a project", async () => {
      const rows = await openRows();
      const [here, one, two] = [digestOf("aa"), digestOf("bb"), digestOf("cc")];
      await putHere(rows, here);
      const first = await rows.version("digits/net", 0);
      const second = await rows.version("digits/net", 1);
      const other = await rows.version("letters/font", 0);
      const gone = await rows.version("letters/font", 1);
      const whole = await rows.version("words/all", 0);
      await rows.remove(gone, "in_trash");
      await putThere(
        rows,
        REMOTE,
        first,
        [
          [here, 5],
          [one, 100],
        ],
        [[digestOf("dd"), 0]],
      );
      await putThere(rows, REMOTE, second, [[one, 100]], [[two, 7]]);
      await putThere(rows, REMOTE, other, [[one, 100]]);
      await putThere(rows, REMOTE, gone, [[two, 7]]);
      await putThere(rows, REMOTE, whole, [[here, 5]]);
      for (const remote of OTHERS) await putThere(rows, remote, whole, [[two, 7]]);
      expect(await missing(rows)).toEqual({ digits: 107, letters: 100 });
      expect(await usedBytes(rows.db, REMOTE)).toBe(5 + 100 + 7);
    });

    test("[S2] of very many projects they are found with few requests", async () => {
      const rows = await openRows();
      const projects = Array.from({ length: 120 }, (_, i) => `p${i}`);
      for (const [i, project] of projects.entries()) {
        const version = await rows.version(`${project}/net`, 0);
        for (const remote of [REMOTE, ...OTHERS])
          await putThere(rows, remote, version, [[digestOf(i.toString(16)), i + 1]]);
      }
      const asked = [IDBObjectStore, IDBIndex].flatMap(({ prototype }) =>
        (["get", "getKey", "getAll", "getAllKeys", "openCursor"] as const).map((method) =>
          vi.spyOn(prototype, method),
        ),
      );
      const found = await missing(rows);
      const requests = asked.reduce((sum, { mock }) => sum + mock.calls.length, 0);
      for (const spy of asked) spy.mockRestore();
      expect(found).toEqual(Object.fromEntries(projects.map((name, i) => [name, i + 1])));
      expect(requests).toBeLessThan(20);
    });
  });
}
