// Three browsers that work offline and sync through a hub and a network that fail, until all is well again.
import { expect } from "vitest";
import { ulid } from "ulid";
import { isCairnError } from "../../src/core/errors.ts";
import { canonicalManifest, filesOf } from "../../src/core/manifest.ts";
import type { VersionRecord, VersionUid } from "../../src/core/records.ts";
import type { RemoteTarget } from "../../src/core/sync/remote.ts";
import type { SharedVersion } from "../../src/core/sync/shared.ts";
import type { JobId } from "../../src/protocol/jobs.ts";
import type { VerifyScope } from "../../src/protocol/care-api.ts";
import { getManifest } from "../../src/store/artifacts.ts";
import { withRead } from "../../src/store/transaction.ts";
import { fetchAll } from "../../src/sync/fetch-all.ts";
import type { TestHub } from "../hub/client.ts";
import type { FaultAction, FaultRule } from "../hub/server/faults.ts";
import { Dice } from "../model/dice.ts";
import { makeRepo, NEVER, openDevice, silent, type Device } from "./devices.ts";
import { PROJECTS, work, type Diary } from "./fuzz-work.ts";

/** How many browsers there are. */
const DEVICES = 3;
/** Rounds without faults that make all replicas equal: what comes in may have to be answered. */
const LAST_ROUNDS = 6;
const TOKEN = "hf_fuzz";
const IGNORE_PARENT: FaultRule = {
  method: "POST",
  path: "/commit/",
  times: 0,
  action: { kind: "ignore-parent-commit" },
};

export interface FuzzOptions {
  readonly seed: number;
  readonly rounds: number;
  /** Whether the hub lets two browsers commit at once. */
  readonly ignoresParent: boolean;
}

/** What happened, for a test to see that the fuzz is one. */
export interface FuzzCounts {
  rounds: number;
  failed: number;
  crashed: number;
  logged: number;
  /** How often each step was begun. */
  readonly steps: Map<string, number>;
}

/** Runs it, and checks everything at its end. */
export async function fuzz(hub: TestHub, options: FuzzOptions): Promise<FuzzCounts> {
  const world = new World(hub, options, await makeRepo(hub));
  try {
    await world.run();
    return world.counts;
  } finally {
    world.close();
  }
}

class World {
  readonly counts: FuzzCounts = { rounds: 0, failed: 0, crashed: 0, logged: 0, steps: new Map() };
  readonly #hub: TestHub;
  readonly #options: FuzzOptions;
  readonly #target: RemoteTarget;
  readonly #dice: Dice;
  readonly #diary: Diary = { logged: new Map(), deleted: new Set() };
  readonly #fixed = new Map<VersionUid, number>();
  #devices: Device[] = [];
  /** Steps each browser has left before it crashes. */
  readonly #fuses: (Fuse | null)[] = [];

  constructor(hub: TestHub, options: FuzzOptions, target: RemoteTarget) {
    this.#hub = hub;
    this.#options = options;
    this.#target = target;
    this.#dice = new Dice(options.seed);
  }

  async run(): Promise<void> {
    for (let i = 0; i < DEVICES; i++) this.#devices.push(await this.#open(i, ulid()));
    while (this.counts.rounds < this.#options.rounds) await this.#turn();
    await this.#end();
    this.counts.logged = this.#diary.logged.size;
  }

  close(): void {
    for (const device of this.#devices) device.close();
  }

  #open(i: number, name: string): Promise<Device> {
    return openDevice(this.#target, {
      name,
      projects: PROJECTS,
      token: TOKEN,
      random: () => this.#dice.next(),
      firstByteMs: 300,
      limits: { pointers: 5 },
      onStep: async (step) => {
        const fuse = this.#fuses[i];
        this.counts.steps.set(step, (this.counts.steps.get(step) ?? 0) + 1);
        if (fuse === null || fuse === undefined || fuse.steps-- > 0) return;
        fuse.blow();
        // A crash: nothing after this line ever runs.
        await new Promise<never>(() => undefined);
      },
    });
  }

  /** Everybody works a little, then some sync, at once or one by one, some while they work. */
  async #turn(): Promise<void> {
    const dice = this.#dice;
    for (const device of this.#devices)
      for (let n = dice.below(4); n > 0; n--) await work(device, dice, this.#diary);
    await this.#setFaults();
    const syncing = [...this.#devices.keys()].filter(() => dice.isLucky(0.7));
    if (dice.isLucky(0.5)) await Promise.all(syncing.map((i) => this.#sync(i)));
    else for (const i of syncing) await this.#sync(i);
    await this.#noteFixed();
  }

  async #setFaults(): Promise<void> {
    await this.#hub.clearFaults();
    await this.#hub.addToken({ token: TOKEN, user: "ada", role: "write" });
    if (this.#options.ignoresParent) await this.#hub.setFaults(IGNORE_PARENT);
    for (let n = this.#dice.below(4); n > 0; n--) await this.#hub.setFaults(this.#fault());
  }

  #fault(): FaultRule {
    const dice = this.#dice;
    const action = dice.pick<FaultAction>([
      { kind: "status", status: dice.pick([500, 502, 503, 504, 429, 408]) },
      { kind: "status", status: dice.pick([500, 504]), afterApplying: true },
      { kind: "delay", ms: dice.isLucky(0.1) ? 400 : 5 },
      { kind: "drop-before", ...(dice.isLucky(0.5) && { bodyBytes: dice.below(200) }) },
      { kind: "drop-after" },
      { kind: "truncate", bytes: dice.below(50) },
      { kind: "wrong-etag" },
      { kind: "stale-read" },
      { kind: "stale-read" },
      { kind: "expire-token" },
    ]);
    const where = dice.pick<Pick<FaultRule, "host" | "path" | "method">>([
      {},
      { path: "/commit/", method: "POST" },
      { path: "/commit/", method: "POST" },
      { path: "/resolve/" },
      { path: "index.json" },
      { path: "objects/batch" },
      { host: "storage" },
    ]);
    const nth = 1 + dice.below(where.path === undefined ? 20 : 3);
    return { ...where, action, nth, times: dice.pick([1, 1, 2, 6]) };
  }

  /** One round of one browser, which may fail or crash; a crashed one is opened again. */
  async #sync(i: number): Promise<void> {
    const dice = this.#dice;
    const device = this.#devices[i];
    if (device === undefined) return;
    this.counts.rounds += 1;
    const crash = new Promise<"crashed">((resolve) => {
      const isCrash = dice.isLucky(0.3);
      this.#fuses[i] = isCrash ? { steps: dice.below(24), blow: () => resolve("crashed") } : null;
    });
    const round = device.round().then(
      () => "done" as const,
      (error: unknown) => {
        if (isCairnError(error) && EXPECTED.has(error.code)) return "failed" as const;
        throw error;
      },
    );
    const meanwhile = dice.isLucky(0.3) ? work(device, dice, this.#diary) : Promise.resolve();
    const end = await Promise.race([round, crash]);
    await meanwhile;
    this.#fuses[i] = null;
    if (end === "failed") this.counts.failed += 1;
    if (end !== "crashed") return;
    this.counts.crashed += 1;
    device.close();
    this.#devices[i] = await this.#open(i, device.name);
  }

  async #noteFixed(): Promise<void> {
    if (this.#options.ignoresParent) return;
    for (const device of this.#devices)
      for (const store of ["versions", "deletedVersions"] as const)
        for (const version of await device.sync.db.getAll(store)) stayFixed(this.#fixed, version);
  }

  async #end(): Promise<void> {
    await this.#hub.clearFaults();
    await this.#hub.addToken({ token: TOKEN, user: "ada", role: "write" });
    if (this.#options.ignoresParent) await this.#hub.setFaults(IGNORE_PARENT);
    for (let n = 0; n < LAST_ROUNDS; n++) for (const device of this.#devices) await device.round();
    await this.#noteFixed();
    await this.#hub.clearRequests();
    for (const device of this.#devices) await device.round();
    const commits = (await this.#hub.requests()).filter(({ path }) => path.includes("/commit/"));
    const fresh = await openDevice(this.#target, { projects: PROJECTS, token: TOKEN });
    this.#devices.push(fresh);
    await fresh.round();
    await checkReplicas(this.#devices, commits.length);
    await checkVersions(fresh, this.#diary);
    await checkBytes(fresh);
  }
}

interface Fuse {
  steps: number;
  readonly blow: () => void;
}

const EXPECTED: ReadonlySet<string> = new Set(["hub_failed", "remote_failed"]);

/** A number that all agreed on stays [S3]. */
function stayFixed(
  fixed: Map<VersionUid, number>,
  { uid, number, isFixed }: Pick<VersionRecord, "uid" | "number" | "isFixed">,
): void {
  if (isFixed !== true) return;
  expect(number, `the number of ${uid}`).toBe(fixed.get(uid) ?? number);
  fixed.set(uid, number);
}

/** All have the same, and had nothing left to say. */
async function checkReplicas(devices: readonly Device[], commits: number): Promise<void> {
  expect(commits, "commits where nothing changed").toBe(0);
  for (const project of PROJECTS) {
    const [first, ...others] = await Promise.all(devices.map((device) => device.text(project)));
    for (const other of others) expect(other).toBe(first);
  }
}

/** None lost, none twice. */
async function checkVersions(device: Device, { logged, deleted }: Diary): Promise<void> {
  const holders = new Map<VersionUid, SharedVersion>();
  for (const project of PROJECTS)
    for (const { versions } of (await device.state(project)).artifacts.values()) {
      const numbers = [...versions.values()].map(({ number }) => number);
      expect(new Set(numbers).size, "numbers given once").toBe(numbers.length);
      for (const version of versions.values())
        for (const uid of [version.uid, ...version.twins]) {
          expect(holders.has(uid), `${uid} twice`).toBe(false);
          holders.set(uid, version);
        }
    }
  for (const [uid, { digest, place }] of logged) {
    const holder = holders.get(uid);
    const known = holder === undefined ? [uid] : [holder.uid, ...holder.twins];
    if (known.some((each) => deleted.has(each))) continue;
    expect(holder?.deleted, `${place} ${uid} is live`).toBeNull();
    expect(holder?.digest, `${place} ${uid} has its content`).toBe(digest);
  }
}

/** Every byte of every version can be had, in the trash or not, and is what its digests say. */
async function checkBytes(device: Device): Promise<void> {
  const { db, hasher, remote } = device.sync;
  for (const project of PROJECTS) {
    await fetchAll(device.sync, { kind: "project", project }, silent(), NEVER);
    for (const { name, versions } of (await device.state(project)).artifacts.values())
      for (const { number, deleted, digest } of versions.values()) {
        if (deleted !== null && deleted.trash === null) continue;
        const manifest = await withRead(db, ["manifests"], (tx) => getManifest(tx, digest));
        expect(hasher.hashText(canonicalManifest(manifest))).toBe(digest);
        for (const file of filesOf(manifest)) {
          const place = await remote?.locate(file.digest);
          expect(place, `${name} ${file.path}`).not.toBeNull();
          const bytes = await new Response(await place?.open(NEVER)).bytes();
          expect(hasher.hashBytes(bytes)).toBe(file.digest);
        }
        if (deleted !== null) continue;
        const scope = { kind: "version", project, name, number, paths: null } as VerifyScope;
        const report = await device.api.verify(ulid() as JobId, scope, () => undefined);
        expect(report).toMatchObject({ damage: [], files: manifest.paths.length });
      }
  }
}
