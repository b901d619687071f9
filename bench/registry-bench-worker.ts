// Measures registries at size in a worker, where the service runs: real signatures, a real database. Times are milliseconds.
import { expose } from "comlink";
import { ulid } from "ulid";
import type { Uid } from "../src/core/records.ts";
import { signedText } from "../src/core/registry/event-text.ts";
import { createHasher } from "../src/hash/hasher.ts";
import type { Ctx } from "../src/service/context.ts";
import { createHubTokens } from "../src/service/hub-tokens.ts";
import { createHashService } from "../src/service/hash-files.ts";
import { createHashPool } from "../src/service/hash-pool.ts";
import { webLocks } from "../src/service/locks.ts";
import { listAudit } from "../src/service/registry/audit.ts";
import { getCollection } from "../src/service/registry/collection-view.ts";
import { getIdentity, saveIdentity } from "../src/service/registry/identity.ts";
import { setLinkAlias } from "../src/service/registry/link-aliases.ts";
import { linkVersion } from "../src/service/registry/links.ts";
import { linksOf } from "../src/service/registry/places.ts";
import { openRegistry, readRows, REGISTRY_STORES } from "../src/service/registry/read-registry.ts";
import { createRegistry } from "../src/service/registry/registries.ts";
import { getRegistry } from "../src/service/registry/registry-view.ts";
import { sign, verify } from "../src/service/registry/signing.ts";
import { verifyRegistry } from "../src/service/registry/verify.ts";
import { openDatabase } from "../src/store/open.ts";
import type { StoredRegistryEvent } from "../src/store/schema.ts";
import { withRead, withWrite } from "../src/store/transaction.ts";
import type { VersionNumber } from "../src/core/version.ts";
import {
  COLLECTION,
  fill,
  linksIn,
  registryOf,
  SIZES,
  spareVersions,
  versionAt,
  writeVersions,
} from "./registry-bench-rows.ts";

/** One kind of call, beside the least that it could cost, in turns with it. */
export interface Measured {
  readonly name: string;
  readonly calls: number;
  readonly ms: number;
  readonly slowest: number;
  /** What the least is. */
  readonly bare: string;
  readonly bareMs: number;
}

interface Measurement {
  readonly name: string;
  readonly calls: number;
  /** Off the clock, before each call. */
  readonly prepare?: () => Promise<unknown>;
  readonly call: () => Promise<unknown>;
  readonly bare: string;
  readonly callBare: () => Promise<unknown>;
}

const DATABASE = "registry-bench";
/** Signatures asked about at once. */
const TOGETHER = 256;
let ctx: Ctx;
const spare = spareVersions();

/** Opens the database anew: nothing is folded yet, as in a tab just opened. */
async function reopen(): Promise<void> {
  const former: Ctx | undefined = ctx;
  former?.db.close();
  const db = await openDatabase({ name: DATABASE, onClosed: () => undefined });
  ctx = {
    db,
    hasher: former?.hasher ?? (await createHasher()),
    pool: former?.pool ?? createHashPool([createHashService(await createHasher())]),
    locks: webLocks(navigator.locks),
    storesBlobs: true,
    remote: null,
    hubTokens: createHubTokens(),
    letBlobsGo: () => undefined,
    actor: "device:bench",
    now: () => new Date().toISOString(),
    newUid: <Kind extends string>() => ulid() as Uid<Kind>,
    notify: () => undefined,
  };
}

async function measure({ prepare, call, callBare, ...what }: Measurement): Promise<Measured> {
  const times: number[] = [];
  const bare: number[] = [];
  for (let i = 0; i < what.calls; i += 1) {
    await prepare?.();
    times.push(await timeOf(call));
    bare.push(await timeOf(callBare));
  }
  const { name, calls } = what;
  const slowest = Math.max(...times);
  return { name, calls, ms: median(times), slowest, bare: what.bare, bareMs: median(bare) };
}

async function timeOf(call: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await call();
  return performance.now() - from;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function rowsOf(registry: string): Promise<readonly StoredRegistryEvent[]> {
  return withRead(ctx.db, [...REGISTRY_STORES], async (tx) =>
    readRows(tx, (await openRegistry(ctx, tx, registry)).record, 0),
  );
}

/** As many events as the registry has, read and not looked at. */
async function readBare(events: number): Promise<unknown> {
  return ctx.db.getAll("registryEvents", null, events);
}

/** As many versions, read, and copied as an answer to the page is. */
async function readVersions(count: number): Promise<unknown> {
  return structuredClone(await ctx.db.getAll("versions", null, count));
}

/** Signs a text and writes a row, durably. */
async function writeBare(row: StoredRegistryEvent, seq: number): Promise<void> {
  const { privateKey } = await withRead(ctx.db, ["identity"], getIdentity);
  await sign(privateKey, signedText(row.event));
  await withWrite(ctx.db, [...REGISTRY_STORES], (tx) =>
    tx.objectStore("registryEvents").put(row, ["bench" as typeof row.event.registry, seq]),
  );
}

/** The signatures of a registry's events, checked a few hundred at once. */
async function verifyBare(rows: readonly StoredRegistryEvent[]): Promise<void> {
  for (let start = 0; start < rows.length; start += TOGETHER)
    await Promise.all(
      rows
        .slice(start, start + TOGETHER)
        .map(({ event }) => verify(event.actor, signedText(event), event.signature)),
    );
}

async function measureReading(events: number): Promise<readonly Measured[]> {
  const registry = registryOf(events);
  const links = linksIn(events);
  const of = `of ${events.toLocaleString("en")} events`;
  const eventsRead = { bare: "getAll of the events", callBare: () => readBare(events) };
  const page = { before: null, limit: 100 };
  return [
    await measure({
      name: `getRegistry, the first in a tab, ${of}`,
      calls: 7,
      prepare: reopen,
      call: () => getRegistry(ctx, registry, null),
      ...eventsRead,
    }),
    await measure({
      name: `getRegistry ${of}`,
      calls: 20,
      call: () => getRegistry(ctx, registry, null),
      ...eventsRead,
    }),
    await measure({
      name: `getCollection of ${links.toLocaleString("en")} links, and its copy for the page`,
      calls: 10,
      call: async () => structuredClone(await getCollection(ctx, registry, COLLECTION, null)),
      bare: "getAll and copy of the versions",
      callBare: () => readVersions(links),
    }),
    await measure({
      name: `getRegistry as of a time, ${of}`,
      calls: 7,
      call: () => getRegistry(ctx, registry, new Date().toISOString()),
      ...eventsRead,
    }),
    await measure({
      name: `listAudit, the first page, ${of}`,
      calls: 7,
      prepare: async () => {
        await reopen();
        await getRegistry(ctx, registry, null);
      },
      call: () => listAudit(ctx, registry, page),
      ...eventsRead,
    }),
    await measure({
      name: `listAudit, another page, ${of}`,
      calls: 20,
      call: () => listAudit(ctx, registry, { ...page, before: Math.floor(events / 2) }),
      ...eventsRead,
    }),
  ];
}

async function measureWriting(events: number): Promise<readonly Measured[]> {
  const registry = registryOf(events);
  const [row] = await rowsOf(registry);
  if (row === undefined) throw new Error("the registry has no events");
  let seq = 0;
  const least = {
    bare: "sign a text, put a row",
    callBare: () => writeBare(row, (seq += 1)),
  };
  const after = `after ${events.toLocaleString("en")} events`;
  let number = 0;
  return [
    await measure({
      name: `link a version ${after}`,
      calls: 20,
      call: async () => {
        const { value } = spare.next();
        if (value === undefined) throw new Error("no version is left to link");
        await linkVersion(ctx, value, null, `${registry}/${COLLECTION}`, []);
      },
      ...least,
    }),
    await measure({
      name: `move an alias ${after}`,
      calls: 20,
      call: () => {
        number = (number + 1) % linksIn(events);
        return setLinkAlias(ctx, registry, COLLECTION, number as VersionNumber, "moving");
      },
      ...least,
    }),
  ];
}

const registryBench = {
  async write(): Promise<number> {
    const from = performance.now();
    await reopen();
    await writeVersions(ctx);
    await saveIdentity(ctx, "Bench", null);
    for (const events of SIZES) {
      const name = registryOf(events);
      await createRegistry(ctx, { name, description: "", types: [], visibility: "open" });
      await fill(ctx, events);
    }
    return performance.now() - from;
  },
  run: async (): Promise<readonly Measured[]> => {
    await reopen();
    const measured: Measured[] = [];
    for (const events of SIZES) measured.push(...(await measureReading(events)));
    let place = 0;
    measured.push(
      await measure({
        name: "linksOf, both registries",
        calls: 50,
        call: () => linksOf(ctx, versionAt((place += 1))),
        bare: "get of a version",
        callBare: () => ctx.db.getAll("versions", null, 1),
      }),
    );
    for (const events of SIZES) measured.push(...(await measureWriting(events)));
    for (const events of SIZES) {
      const rows = await rowsOf(registryOf(events));
      measured.push(
        await measure({
          name: `verifyRegistry of ${rows.length.toLocaleString("en")} events`,
          calls: 3,
          call: () => verifyRegistry(ctx, registryOf(events)),
          bare: "checking as many signatures",
          callBare: () => verifyBare(rows),
        }),
      );
    }
    return measured;
  },
};

expose(registryBench);
export type RegistryBench = typeof registryBench;
