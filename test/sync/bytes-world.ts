// One browser and one repository on the test hub, for the bytes of syncing: without rounds.
import type { Digest } from "../../src/core/digest.ts";
import type { VersionRef } from "../../src/core/records.ts";
import { INDEX_PATH } from "../../src/core/sync/layout.ts";
import type { RemoteUid } from "../../src/core/sync/remote.ts";
import type { DeviceId } from "../../src/core/sync/shared.ts";
import { createHub } from "../../src/hub/create-hub.ts";
import type { Hub } from "../../src/hub/hub.ts";
import type { Remote, RemoteBytes } from "../../src/protocol/remote.ts";
import type { SyncProgress } from "../../src/protocol/sync-api.ts";
import type { RemoteRecord } from "../../src/store/sync-records.ts";
import { withRead, withWrite } from "../../src/store/transaction.ts";
import { getVersionOf } from "../../src/store/artifacts.ts";
import type { SyncCtx } from "../../src/sync/context.ts";
import { createRemote } from "../../src/sync/create-remote.ts";
import { createMeter, type Meter } from "../../src/sync/meter.ts";
import { prepareVersion, type PreparedVersion } from "../../src/sync/prepare.ts";
import { putRemoteFiles } from "../../src/sync/remote-files.ts";
import { uploadObjects } from "../../src/sync/upload-objects.ts";
import type { TestHub } from "../hub/client.ts";
import { log, openHarness, type Files, type Harness } from "../support/service-harness.ts";
import { remoteRow } from "../support/remote-row.ts";

export const NEVER = new AbortController().signal;

export interface BytesWorld {
  readonly harness: Harness;
  readonly sync: SyncCtx;
  readonly remote: RemoteRecord;
  readonly hub: Hub;
  /** Files of remotes that were opened to fetch bytes. */
  readonly opened: RemoteBytes[];
  /** Pauses between tries, which take no time. */
  readonly pauses: number[];
  readonly told: SyncProgress[];
  readonly meter: Meter;
  log(files: Files, name?: string, project?: string): Promise<VersionRef>;
  prepare(version: VersionRef): Promise<PreparedVersion>;
  /** Uploads a version and commits it, as a round does. */
  push(version: VersionRef): Promise<PreparedVersion>;
  /** Forgets the bytes here: as if the version had just been pulled. */
  loseBytes(): Promise<void>;
  stored(): Promise<number>;
  close(): void;
}

let repos = 0;

/** Opens a browser connected to a repository of its own. */
export async function openBytesWorld(testHub: TestHub): Promise<BytesWorld> {
  const opened: RemoteBytes[] = [];
  const pauses: number[] = [];
  const told: SyncProgress[] = [];
  const real: { remote: Remote | null } = { remote: null };
  const watched: Remote = {
    async locate(digest) {
      const file = (await real.remote?.locate(digest)) ?? null;
      if (file === null) return null;
      return {
        ...file,
        open(signal) {
          opened.push(file);
          return file.open(signal);
        },
      };
    },
    lastKnown: (digest) => real.remote?.lastKnown(digest) ?? Promise.resolve(null),
  };
  const harness = await openHarness(undefined, { ctx: { remote: watched } });
  const sync: SyncCtx = {
    ...harness.ctx,
    openHub: (target) =>
      createHub({
        target,
        token: () => harness.ctx.hubTokens.get(target.hubUrl),
        pace: { retryMs: 1 },
      }),
    platform: "a test",
    isOnline: () => true,
    sleep: (ms) => {
      pauses.push(ms);
      return Promise.resolve();
    },
    random: () => 0.5,
    tell: () => undefined,
  };
  real.remote = createRemote(sync);
  sync.hubTokens.set(testHub.url, "hf_ada");
  const remote = remoteRow({
    uid: sync.newUid() as string as RemoteUid,
    hubUrl: testHub.url,
    repo: `ada/bytes-${++repos}`,
    device: "d1" as DeviceId,
  });
  await sync.db.put("remotes", remote);
  const hub = sync.openHub(remote);
  await hub.createRepo(false, NEVER);
  const meter = createMeter(
    (progress) => told.push(progress),
    () => performance.now(),
  );

  async function toPush({ project, name, number }: VersionRef) {
    const { version } = await withRead(
      sync.db,
      ["artifacts", "versions", "deletedVersions"],
      (tx) => getVersionOf(tx, { project, name, number }),
    );
    return { project, name, number, uid: version.uid, digest: version.digest };
  }

  const prepare = async (version: VersionRef): Promise<PreparedVersion> =>
    prepareVersion(sync, await toPush(version), meter, NEVER);

  return {
    harness,
    sync,
    remote,
    hub,
    opened,
    pauses,
    told,
    meter,
    async log(files, name = "net", project = "digits") {
      const logged = await log(harness.api, files, { name, project });
      return { project: logged.project, name: logged.name, number: logged.version.number };
    },
    prepare,
    async push(version) {
      const prepared = await prepare(version);
      await uploadObjects({ sync, remote, hub, meter }, prepared.objects, NEVER);
      const { commit: parent } = await hub.readHead(INDEX_PATH, NEVER);
      const commit = await hub.commit(
        {
          title: "a version",
          description: "",
          ops: prepared.pointers.map((pointer) => ({ kind: "pointer", ...pointer })),
          parent,
        },
        NEVER,
      );
      await withWrite(sync.db, ["remoteFiles"], (tx) =>
        putRemoteFiles(tx, remote.uid, prepared.manifest, { commit, seenAt: sync.now() }),
      );
      return prepared;
    },
    async loseBytes() {
      for (const store of ["packs", "packBytes", "ingests", "sha256s"] as const)
        await sync.db.clear(store);
      await sync.db.put("totals", { versions: 1, storedBytes: 0, logicalBytes: 0 }, "all");
    },
    stored: async () => (await sync.db.get("totals", "all"))?.storedBytes ?? 0,
    close: () => harness.close(),
  };
}

/** Text of the same length for each number, and other bytes. */
export function smallFiles(count: number, salt = ""): Files {
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `data/part-${String(i).padStart(5, "0")}.txt`,
      `${salt} row ${i} `.repeat(20),
    ]),
  );
}

/** Bytes that no compressor and no other seed gives. */
export function noise(length: number, seed: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let state = seed + 1;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

/** The digest of a version's file. */
export function digestIn({ manifest }: PreparedVersion, path: string): Digest {
  const file = manifest.files.find((each) => each.path === path);
  if (file === undefined) throw new Error(`no file ${path}`);
  return file.digest;
}

/** Whether two are the same, byte by byte: `toEqual` takes seconds for what this does in a moment. */
export function areSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}
