// Measures the service's reading functions over a large index, in a worker, where they run. Times are milliseconds.
import { expose } from "comlink";
import { unwrap } from "idb";
import { findByTags } from "../src/service/browse/find-by-tags.ts";
import { lineage } from "../src/service/browse/lineage.ts";
import { artifactDetail, listArtifacts, listVersions } from "../src/service/browse/lists.ts";
import type { ReadCtx } from "../src/service/browse/read-ctx.ts";
import { NO_REGISTRIES } from "../src/service/browse/registry-reader.ts";
import { resolve } from "../src/service/browse/resolve.ts";
import { search } from "../src/service/browse/search.ts";
import { FileCatalog } from "../src/service/find/file-catalog.ts";
import { find } from "../src/service/find/find.ts";
import { placesOf } from "../src/service/find/places.ts";
import type { LineageOptions } from "../src/core/lineage.ts";
import type { Digest } from "../src/core/digest.ts";
import type { EventRecord } from "../src/core/records.ts";
import type { VersionDetail } from "../src/protocol/browse-api.ts";
import { openDatabase } from "../src/store/open.ts";
import type { Database } from "../src/store/schema.ts";
import {
  ALIASES,
  ARTIFACTS,
  createRandom,
  HUBS,
  nameOf,
  PROJECT,
  RUNS,
  VERSIONS,
  writeIndex,
} from "./index-bench-rows.ts";

/** One kind of call: the median over many, and what reading as many rows costs at least. */
export interface Measured {
  readonly name: string;
  readonly calls: number;
  readonly rows: number;
  readonly ms: number;
  readonly slowest: number;
  /** A bare getAll of as many rows of the versions. */
  readonly bareMs: number;
}

const DATABASE = "index-bench";
let opened: Database | undefined;
const random = createRandom(99);
const below = (limit: number): number => Math.floor(random() * limit);
const anyName = (): string => nameOf(below(ARTIFACTS));

async function database(): Promise<Database> {
  opened ??= await openDatabase({ name: DATABASE, onClosed: () => undefined });
  return opened;
}

/**
 * Each call is made anew with other arguments, and answers how many rows it gave.
 *
 * @param prepare what is done before each call, off the clock
 */
async function measure(
  name: string,
  calls: number,
  call: (db: Database) => Promise<number>,
  prepare: (db: Database) => Promise<unknown> = async () => undefined,
): Promise<Measured> {
  const db = await database();
  const times: number[] = [];
  const counts: number[] = [];
  for (let i = 0; i < calls; i++) {
    await prepare(db);
    const from = performance.now();
    counts.push(await call(db));
    times.push(performance.now() - from);
  }
  // A read of none would be one of all.
  const rows = Math.max(1, median(counts));
  const bare: number[] = [];
  for (let i = 0; i < calls; i++) bare.push(await bareRead(unwrap(db), rows));
  const slowest = Math.max(...times);
  return { name, calls, rows, ms: median(times), slowest, bareMs: median(bare) };
}

function bareRead(db: IDBDatabase, rows: number): Promise<number> {
  return new Promise((done, fail) => {
    const from = performance.now();
    const request = db.transaction("versions").objectStore("versions").getAll(null, rows);
    request.onsuccess = () => done(performance.now() - from);
    request.onerror = () => fail(request.error ?? new Error("read failed"));
  });
}

function rowsOf({ aliases, producedBy, usedBy }: VersionDetail): number {
  return 2 + aliases.length + producedBy.length + usedBy.items.length;
}

/** The rows are written without any, so that reading them needs none. */
function withoutRegistries(db: Database): ReadCtx {
  return { db, registries: NO_REGISTRIES };
}

async function measureLineage(
  name: string,
  calls: number,
  spec: () => string,
  options: LineageOptions,
) {
  return measure(name, calls, async (db) => {
    const { nodes, edges } = await lineage(withoutRegistries(db), spec(), PROJECT, options);
    return nodes.length + edges.length;
  });
}

/** A connection that has not searched yet reads all names; rows are what it reads, not what it finds. */
async function measureFirstSearch(): Promise<Measured> {
  let fresh: Database | undefined;
  const measured = await measure(
    "search, the first",
    10,
    async (db) => {
      await search(withoutRegistries(fresh ?? db), "prod", 50);
      return RUNS + ARTIFACTS * (2 + ALIASES.length);
    },
    async () => {
      fresh?.close();
      fresh = await openDatabase({ name: DATABASE, onClosed: () => undefined });
    },
  );
  fresh?.close();
  return measured;
}

async function measureDigestSearch(): Promise<Measured> {
  let start = "";
  return measure(
    "search for a digest",
    40,
    async (db) => (await search(withoutRegistries(db), start, 50)).length,
    async (db) => {
      const { version } = await resolve(withoutRegistries(db), anyVersion(), PROJECT);
      start = version.digest.slice(0, "blake3:".length + 8);
    },
  );
}

/** What the palette of one tab knows. */
let files: FileCatalog | undefined;

async function findHits(db: Database, text: string): Promise<number> {
  files ??= new FileCatalog(db);
  const { groups } = await find(withoutRegistries(db), files, {
    text,
    limit: 8,
    kinds: null,
    near: null,
  });
  return groups.reduce((sum, { hits }) => sum + hits.length, 0);
}

/** From opening the palette until all files can be found. */
async function measureReading(): Promise<Measured> {
  const db = await database();
  files = new FileCatalog(db);
  const from = performance.now();
  await files.whenReady(() => undefined);
  const ms = performance.now() - from;
  const bareMs = await bareRead(unwrap(db), VERSIONS);
  const name = "files of all versions read";
  return { name, calls: 1, rows: VERSIONS, ms, slowest: ms, bareMs };
}

/** Somebody types while files are read. */
async function measureTyping(): Promise<Measured> {
  const db = await database();
  await findHits(db, "warm");
  files = new FileCatalog(db);
  const measured = await measureFind("find while files are read", anyEpoch);
  await files.whenReady(() => undefined);
  return measured;
}

async function measureFind(name: string, text: () => string): Promise<Measured> {
  return measure(name, 40, (db) => findHits(db, text()));
}

function anyFileDigest(): Digest {
  const { blobs } = filesRead().index;
  return blobs.digestAt(below(blobs.size));
}

function filesRead(): FileCatalog {
  if (files === undefined) throw new Error("files were not read");
  return files;
}

const anyEpoch = (): string => `epoch-${String(below(100_000)).padStart(6, "0")}`;

/** Another tab logged something. */
async function addEvent(db: Database): Promise<void> {
  const seq = (await db.count("events")) + 1;
  await db.add("events", {
    seq,
    uid: `event-${seq}` as EventRecord["uid"],
    at: new Date().toISOString(),
    actor: "device:bench",
    kind: "version-logged",
    subject: `${PROJECT}/${anyName()}:v${below(100)}`,
    before: null,
    after: {},
    previous: null,
  });
}

const around: LineageOptions = { depth: 20, direction: "both", maxNodes: 200 };
/** One that a run logged, with much before it. */
const anyVersion = (): string => `${nameOf(5 * below(ARTIFACTS / 5))}:v${10 + below(80)}`;
const anyHub = (): string => `${nameOf(below(HUBS))}:v0`;

const indexBench = {
  async write(): Promise<number> {
    const from = performance.now();
    await writeIndex(await database());
    return performance.now() - from;
  },
  /** Opens the database again, so that no call is helped by what writing left in memory. */
  async reopen(): Promise<void> {
    opened?.close();
    opened = undefined;
    await database();
  },
  /** What the index of files takes, from the last run. */
  size() {
    const { rows, paths, blobs, bytes } = filesRead().index;
    const letters = paths.reduce((sum, { length }) => sum + length, 0);
    return { rows, paths: paths.length, letters, blobs: blobs.size, bytes };
  },
  run: async (): Promise<readonly Measured[]> => [
    await measure("open project", 5, async (db) => {
      const list = await listArtifacts(db, PROJECT);
      return list.reduce((sum, { aliases }) => sum + 3 + aliases.length, 0);
    }),
    await measure("open artifact", 40, async (db) => {
      const { versions } = await artifactDetail(db, PROJECT, anyName());
      return 1 + versions.length + ALIASES.length + 1;
    }),
    await measure("resolve an alias", 100, async (db) =>
      rowsOf(await resolve(withoutRegistries(db), `${anyName()}:${ALIASES[below(3)]}`, PROJECT)),
    ),
    await measure("a page of 50 versions", 100, async (db) => {
      const page = await listVersions(db, PROJECT, anyName(), null, 50);
      return 1 + page.reduce((sum, { aliases }) => sum + 1 + aliases.length, 0);
    }),
    await measureFirstSearch(),
    await measure(
      "search after a version was logged",
      10,
      async (db) => {
        await search(withoutRegistries(db), "prod", 50);
        return ARTIFACTS * (2 + ALIASES.length);
      },
      addEvent,
    ),
    await measure(
      "search",
      40,
      async (db) => (await search(withoutRegistries(db), `n-${below(1_000)}`, 50)).length,
    ),
    await measureDigestSearch(),
    await measure("find by two tags", 20, async (db) => {
      const hits = await findByTags(withoutRegistries(db), ["reviewed", "release"]);
      return hits.length;
    }),
    await measureReading(),
    await measureTyping(),
    await measureFind("find a name", () => `n-${below(1_000)}`),
    await measureFind("find a version, name:v3", () => anyVersion()),
    await measureFind("find an alias", () => "produ"),
    await measureFind("find a run", () => `heron-${below(RUNS)}`),
    await measureFind("find a path", anyEpoch),
    await measureFind("find a path that every version has", () => "config.json"),
    await measureFind("find scattered letters of paths", () => `cpe${below(90_000) + 10_000}s`),
    await measureFind("find one letter", () => "e"),
    await measureFind("find a version's or file's digest", () =>
      anyFileDigest().slice("blake3:".length, "blake3:".length + 8),
    ),
    await measureFind("find nothing", () => "no such thing"),
    await measure(
      "find after a version was logged",
      20,
      (db) => findHits(db, anyEpoch()),
      addEvent,
    ),
    await measure("where 500 files' bytes are", 20, async (db) => {
      const digests = Array.from({ length: 500 }, anyFileDigest);
      const { signal } = new AbortController();
      return (await placesOf(db, filesRead().index, digests, 20, signal)).size;
    }),
    await measureLineage("lineage, 200 nodes", 20, anyVersion, around),
    await measureLineage("lineage of a hub, 200 nodes", 20, anyHub, around),
    await measureLineage("lineage up, 200 nodes", 20, anyVersion, { ...around, direction: "up" }),
    await measureLineage("lineage, as a page asks", 20, anyVersion, {
      depth: 2,
      direction: "both",
      maxNodes: 200,
    }),
  ],
};

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

expose(indexBench);
export type IndexBench = typeof indexBench;
