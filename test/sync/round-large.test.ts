// Rounds of what is large: texts that git itself doesn't take, and more lists of files than are held at once.
import "fake-indexeddb/auto";
import { ulid } from "ulid";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { CairnError } from "../../src/core/errors.ts";
import type { ProjectName } from "../../src/core/names.ts";
import { formatIndex } from "../../src/core/sync/file-texts.ts";
import { INLINE_MAX_BYTES } from "../../src/core/sync/files.ts";
import { formatIndexStub } from "../../src/core/sync/index-stub.ts";
import { INDEX_PATH, LARGE_INDEX_PATH } from "../../src/core/sync/layout.ts";
import type { RemoteTarget } from "../../src/core/sync/remote.ts";
import type { VersionNumber } from "../../src/core/version.ts";
import { sweepIngests } from "../../src/service/sweep.ts";
import { collect } from "../../src/service/trash/collect.ts";
import { startHub, type TestHub } from "../hub/client.ts";
import type { RemoteFilesRecord } from "../../src/store/sync-records.ts";
import { codeOf } from "../support/errors.ts";
import { aDraft, log, stage } from "../support/service-harness.ts";
import { makeRepo, openDevice, type Device } from "./devices.ts";
import { viewRepo, type RepoView } from "./repo-view.ts";

let hub: TestHub;
let target: RemoteTarget;
let repo: RepoView;
beforeAll(async () => {
  hub = await startHub();
});
beforeEach(async () => {
  target = await makeRepo(hub);
  repo = viewRepo(target);
});
afterAll(() => hub.stop());

const v = (number: number): VersionNumber => number as VersionNumber;

function net(number: number): Parameters<Device["api"]["editVersion"]>[0] {
  return { project: "digits", name: "net", number: v(number) } as Parameters<
    Device["api"]["editVersion"]
  >[0];
}

async function expectSame(...devices: readonly Device[]): Promise<void> {
  const [first, ...others] = await Promise.all(devices.map((device) => device.text("digits")));
  for (const other of others) expect(other).toBe(first);
}

/** Logs a version whose list of files is longer than git takes. */
async function logLong({ api }: Device): Promise<void> {
  const { ingest, entries } = await stage(api, { "a.txt": "1" });
  const uri = `https://example.org/${"long/".repeat(40)}`;
  const references = Array.from({ length: 16_000 }, (_, i) => ({
    path: `data/${i}.bin`,
    uri: `${uri}${i}`,
    digest: `etag-${i}`,
    sizeBytes: i,
  }));
  await api.commitDraft(ingest, aDraft(), { ...entries, references });
}

describe("a text that is too long for git", () => {
  test("[S2] a list of files goes as a large file, comes to another browser, and goes when it is purged", async () => {
    const [ada, bob] = [await openDevice(target), await openDevice(target)];
    await logLong(ada);
    expect(await ada.round()).toMatchObject({ pushedVersions: 1, remarks: [] });
    const [path] = await repo.paths("cairn/manifests/");
    expect(path).toMatch(/^cairn\/manifests\/digits\/net\/[^/]+\.lfs\.json$/);
    const entry = (await repo.files()).get(path ?? "");
    expect(entry?.sha256).not.toBeNull();
    expect(entry?.sizeBytes).toBeGreaterThan(INLINE_MAX_BYTES);
    expect(await bob.round()).toMatchObject({ pulledVersions: 1 });
    await expectSame(ada, bob);
    const numbers = [v(0)];
    const versions = { kind: "versions", project: "digits", name: "net", numbers } as const;
    await bob.api.deleteVersions(versions, []);
    await bob.api.emptyTrash(null);
    await bob.round();
    expect(await repo.paths("cairn/manifests/")).toEqual([]);
  });

  test("[S3] a snapshot and a round do, and only its last name is there when it shrinks or grows", async () => {
    const [ada, bob] = [await openDevice(target), await openDevice(target)];
    const metadata = { text: "€".repeat(750_000) };
    for (let i = 0; i < 2; i++)
      await log(ada.api, { "a.txt": `${i}` }, { metadata: JSON.stringify(metadata) });
    const sync = async (): Promise<readonly string[]> => {
      await ada.round();
      await bob.round();
      await expectSame(ada, bob);
      return repo.paths("cairn/projects/");
    };
    const [short, long] = [".json", ".lfs.json"].map(
      (end) => `cairn/projects/digits/artifacts/net${end}`,
    );
    expect(await sync()).toEqual([long]);
    expect(await repo.paths("cairn/log/")).toEqual([expect.stringMatching(/\.lfs\.json$/)]);
    await ada.api.editVersion(net(0), { metadata: {} });
    expect(await sync()).toEqual([short]);
    await ada.api.editVersion(net(0), { metadata });
    expect(await sync()).toEqual([long]);
  });
});

describe("more lists of files than are held at once", () => {
  const limits = { manifestRows: 40 };

  /** A repository with six versions of four files each, and one that has more than is held at once. */
  async function fill(): Promise<Device> {
    const ada = await openDevice(target);
    const files = (count: number, salt: number): Record<string, string> =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`${i}.txt`, `${salt} ${i}`]));
    for (let i = 0; i < 6; i++) await log(ada.api, files(4, i), { aliases: ["prod"] });
    await log(ada.api, files(60, 6));
    await ada.round();
    return ada;
  }

  test("[S3] come group by group, and are taken in at once", async () => {
    const ada = await fill();
    const seen: string[] = [];
    const bob: Device = await openDevice(target, {
      limits,
      onStep: async (step) => {
        if (step !== "stage") return;
        seen.push(`${await bob.sync.db.count("versions")} of ${await bob.sync.db.count("pins")}`);
      },
    });
    expect(await bob.round()).toMatchObject({ pulledVersions: 7, remarks: [] });
    expect(seen).toEqual(["0 of 0", "0 of 2", "0 of 4", "0 of 6"]);
    await expectSame(ada, bob);
    expect(await bob.sync.db.count("pins")).toBe(0);
    expect(await bob.sync.db.count("ingests")).toBe(0);
    const file = await bob.api.getFile("digits", "net", v(6), "59.txt");
    expect(await file.text()).toBe("6 59");
  });

  test("[D3] stay when the trash is emptied before the versions are here", async () => {
    const ada = await fill();
    const bob: Device = await openDevice(target, {
      limits,
      onStep: async (step) => {
        if (step !== "before-take-in") return;
        const numbers = [v(0)];
        const versions = { kind: "versions", project: "other", name: "net", numbers } as const;
        await bob.api.deleteVersions(versions, []);
        await bob.api.emptyTrash(null);
        expect(await bob.sync.db.count("manifests")).toBe(7);
      },
    });
    await log(bob.api, { "a.txt": "gone" }, { project: "other" });
    await bob.round();
    await expectSame(ada, bob);
    expect(await bob.sync.db.count("deletedVersions")).toBe(1);
  });

  test("[S3] a crash between two groups leaves nothing that is in the way, or that stays", async () => {
    const ada = await fill();
    const name = ulid();
    let groups = 0;
    let hasCrashed = (): void => undefined;
    const crash = new Promise<void>((resolve) => (hasCrashed = resolve));
    const before = await openDevice(target, {
      name,
      limits,
      onStep: async (step) => {
        if (step !== "stage" || (groups += 1) < 3) return;
        hasCrashed();
        await new Promise<never>(() => undefined);
      },
    });
    await Promise.race([before.round(), crash]);
    before.close();
    const bob = await openDevice(target, { name, limits });
    expect(await bob.sync.db.count("versions")).toBe(0);
    expect(await bob.sync.db.count("manifests")).toBe(4);
    await sweepIngests(bob.sync.db, bob.sync.locks);
    await collect(bob.sync);
    expect(await bob.sync.db.count("manifests")).toBe(0);
    expect(await bob.round()).toMatchObject({ pulledVersions: 7 });
    await expectSame(ada, bob);
  });

  test("[S3] what a crash left is not asked for again", async () => {
    const ada = await fill();
    const name = ulid();
    let groups = 0;
    const before = await openDevice(target, {
      name,
      limits,
      onStep: async (step) => {
        if (step === "stage" && (groups += 1) === 3) throw new CairnError("aborted", {});
      },
    });
    expect(await codeOf(before.round())).toBe("aborted");
    before.close();
    const bob = await openDevice(target, { name, limits });
    await sweepIngests(bob.sync.db, bob.sync.locks);
    await hub.clearRequests();
    expect(await bob.round()).toMatchObject({ pulledVersions: 7 });
    const paths = (await hub.requests()).map(({ path }) => path);
    const asked = paths.filter((path) => path.includes("cairn/manifests/"));
    expect(new Set(asked.map((path) => path.split("/").at(-1))).size).toBe(3);
    await expectSame(ada, bob);
    expect(await bob.sync.db.count("pins")).toBe(0);
    expect(await (await bob.api.getFile("digits", "net", v(0), "3.txt")).text()).toBe("0 3");
  });

  test("[S2] of another list than the one that was left, nothing is taken for it", async () => {
    const ada = await fill();
    const { version } = await ada.api.getVersion("digits", "net", "v0");
    const bob = await openDevice(target, { limits });
    // The same content is here, and under the version's id are files of another one.
    const files = Object.fromEntries([0, 1, 2, 3].map((i) => [`${i}.txt`, `0 ${i}`]));
    await log(bob.api, files, { project: "other" });
    const wrong: RemoteFilesRecord = {
      commit: "0".repeat(40),
      seenAt: bob.sync.now(),
      digests: [0, 1, 2, 3].map((i) => bob.sync.hasher.hashText([`another ${i}`])),
      paths: [0, 1, 2, 3].map((i) => `artifacts/digits/net/v0/${i}.bin`),
      offsets: [0, 0, 0, 0],
      sizes: [3, 3, 3, 3],
      sha256s: Array<string>(4).fill("0".repeat(64)),
      packs: new Map(),
    };
    await bob.sync.db.put("remoteFiles", wrong, [bob.remote, version.uid, 0]);
    await bob.round();
    const row = await bob.sync.db.get("remoteFiles", [bob.remote, version.uid, 0]);
    expect(row?.paths.every((path) => path.endsWith(".txt"))).toBe(true);
  });
});

describe("an index that is too long for git", () => {
  const LONG = "x".repeat(100);

  /** Has the index list so much of another project that little more fits. */
  async function fillIndex(device: Device): Promise<void> {
    const index = await repo.index();
    const digest = device.sync.hasher.hashText(["a snapshot"]);
    const row = (i: number) => `artifacts/${LONG}${String(i).padStart(6, "0")}`;
    const indexOf = (count: number): string => {
      const files = new Map(Array.from({ length: count }, (_, i) => [row(i), digest] as const));
      const other = { createdAt: device.sync.now(), deletedAt: null, files };
      const projects = new Map(index.projects).set("other" as ProjectName, other);
      return formatIndex({ ...index, projects });
    };
    const perRow = (indexOf(1_000).length - indexOf(0).length) / 1_000;
    const most = Math.floor((INLINE_MAX_BYTES - indexOf(0).length) / perRow) - 1;
    await repo.commit({ kind: "text", path: INDEX_PATH, text: indexOf(most) });
  }

  test("[S2] goes as a large file, and the short one says where it is", async () => {
    const [ada, bob] = [await openDevice(target), await openDevice(target)];
    await log(ada.api, { "a.txt": "1" });
    await ada.round();
    await fillIndex(ada);
    for (const name of "abcdef") await log(ada.api, { "a.txt": name }, { name });
    expect(await ada.round()).toMatchObject({ pushedVersions: 6, remarks: [] });
    const [short, long] = await Promise.all(
      [INDEX_PATH, LARGE_INDEX_PATH].map(async (path) => (await repo.files()).get(path)),
    );
    expect(short?.sizeBytes).toBeLessThan(1_000);
    expect(long?.sizeBytes).toBeGreaterThan(INLINE_MAX_BYTES);
    expect(long?.sha256).not.toBeNull();
    await log(bob.api, { "a.txt": "bob's" });
    expect(await bob.round()).toMatchObject({ pulledVersions: 7, pushedVersions: 1, remarks: [] });
    expect(await ada.round()).toMatchObject({ pulledVersions: 1, remarks: [] });
    await expectSame(ada, bob);
  });

  test("[S7] that isn't the one which the short one names is made anew", async () => {
    const [ada, bob] = [await openDevice(target), await openDevice(target)];
    await log(ada.api, { "a.txt": "1" });
    await ada.round();
    const before = await repo.index();
    const text = formatIndexStub(ada.sync.hasher.hashText(["another"]));
    await repo.commit(
      { kind: "text", path: INDEX_PATH, text },
      { kind: "text", path: LARGE_INDEX_PATH, text: formatIndex(before) },
    );
    expect((await bob.round()).remarks.join()).toContain(LARGE_INDEX_PATH);
    expect((await repo.index()).projects).toEqual(before.projects);
    await expectSame(ada, bob);
  });

  test("goes when the index is short again", async () => {
    const ada = await openDevice(target);
    await log(ada.api, { "a.txt": "1" });
    await ada.round();
    const large = formatIndex(await repo.index());
    const text = formatIndexStub(ada.sync.hasher.hashText([large]));
    await repo.commit(
      { kind: "text", path: INDEX_PATH, text },
      { kind: "text", path: LARGE_INDEX_PATH, text: large },
    );
    await log(ada.api, { "a.txt": "2" });
    expect(await ada.round()).toMatchObject({ pushedVersions: 1, remarks: [] });
    expect(await repo.paths("cairn/index")).toEqual([INDEX_PATH]);
    expect((await repo.index()).seq).toBe(2);
  });
});
