// Several browsers that work apart and agree now and then, over the rules of core/sync [S3 S4 S5].
import { describe, expect, test } from "vitest";
import type { Digest } from "../../src/core/digest.ts";
import type { Manifest } from "../../src/core/manifest.ts";
import type { ArtifactName, ProjectName } from "../../src/core/names.ts";
import type { VersionRef } from "../../src/core/records.ts";
import { applyOps } from "../../src/core/sync/apply.ts";
import { diffProject } from "../../src/core/sync/diff.ts";
import { mergeProject } from "../../src/core/sync/merge.ts";
import { emptyProject, type DeviceId, type SharedProject } from "../../src/core/sync/shared.ts";
import { stateText } from "../../src/core/sync/snapshot.ts";
import {
  FIXED_STORES,
  lackingManifests,
  markFixed,
  readShared,
  SHARED_STORES,
  writeShared,
} from "../../src/service/sync/shared-state.ts";
import { getManifest } from "../../src/store/artifacts.ts";
import { withRead, withWrite } from "../../src/store/transaction.ts";
import { Dice } from "../model/dice.ts";
import { expectSound } from "../support/expect-sound.ts";
import { log, openHarness, type Harness } from "../support/service-harness.ts";

const PROJECT = "digits" as ProjectName;
const NAMES = ["net", "set"] as unknown as readonly ArtifactName[];

/** What everybody agreed on last, with the manifests that came along. */
interface Remote {
  state: SharedProject | null;
  readonly manifests: Map<Digest, Manifest>;
}

class Device {
  readonly id: DeviceId;
  readonly harness: Harness;
  #base: SharedProject | null = null;

  constructor(harness: Harness, name: string) {
    this.harness = harness;
    this.id = `device-${name}` as DeviceId;
  }

  read(): Promise<SharedProject> {
    const { db } = this.harness.ctx;
    return withRead(db, [...SHARED_STORES], (tx) => readShared(tx, this.#what));
  }

  /** Takes in what others did, and puts what was done here behind it. */
  async sync(remote: Remote): Promise<void> {
    const { ctx } = this.harness;
    const local = await this.read();
    const empty = emptyProject(PROJECT, remote.state?.createdAt ?? local.createdAt);
    const theirs = remote.state ?? empty;
    await withWrite(ctx.db, [...SHARED_STORES], async (tx) => {
      const before = await readShared(tx, this.#what);
      const base = this.#base ?? empty;
      const merged = mergeProject({ base, remote: theirs, local: before, device: this.id });
      return writeShared(ctx, tx, this.#what, {
        before,
        after: merged.state,
        manifests: remote.manifests,
        fixed: theirs,
      });
    });
    const agreed = applyOps(theirs, diffProject(theirs, await this.read(), this.id)).state;
    await this.#bringManifests(remote, agreed);
    await withWrite(ctx.db, [...FIXED_STORES], (tx) => markFixed(tx, agreed));
    remote.state = agreed;
    this.#base = agreed;
  }

  get #what() {
    return { project: PROJECT, device: this.id, never: new Set<ArtifactName>() };
  }

  async #bringManifests({ manifests }: Remote, agreed: SharedProject): Promise<void> {
    await withRead(this.harness.ctx.db, ["manifests"], async (tx) => {
      const lacking = await lackingManifests(tx, agreed);
      if (lacking.size > 0) throw new Error(`no manifest of ${[...lacking].join(", ")}`);
      for (const { versions } of agreed.artifacts.values())
        for (const { digest, deleted } of versions.values())
          if (deleted?.trash !== null) manifests.set(digest, await getManifest(tx, digest));
    });
  }
}

/** One random thing that a person does; what isn't there isn't done. */
async function work({ harness: { api, ctx } }: Device, dice: Dice): Promise<void> {
  const name = dice.pick(NAMES);
  const live = await ctx.db.getAll("versions");
  const artifacts = await ctx.db.getAll("artifacts");
  const refs = live.flatMap(({ artifact, number }): readonly VersionRef[] => {
    const row = artifacts.find(({ uid }) => uid === artifact);
    return row === undefined ? [] : [{ project: row.project, name: row.name, number }];
  });
  const ref = dice.maybe(refs);
  const kind = dice.below(10);
  if (kind < 3 || ref === undefined) {
    const aliases = dice.isLucky(0.3) ? ["prod"] : [];
    const run = dice.isLucky(0.3) ? "train" : "";
    await log(api, { a: `content ${dice.below(6)}` }, { name, type: "model", aliases, run });
    return;
  }
  if (kind === 3) await api.setAlias(ref, dice.pick(["prod", "best"]));
  else if (kind === 4) await api.editVersion(ref, { description: dice.word() });
  else if (kind === 5) await api.setArtifactTags(PROJECT, ref.name, [dice.word()]);
  else if (kind === 6)
    await api.deleteVersions({ kind: "versions", ...ref, numbers: [ref.number] }, true);
  else if (kind === 7) {
    const entry = dice.maybe(await api.listTrash());
    if (entry === undefined) return;
    if (dice.isLucky(0.6)) await api.restore(entry.uid);
    else await api.emptyTrash([entry.uid]);
  } else if (kind === 8) {
    const run = await api.startRun(PROJECT, dice.word(), {});
    await api.useVersion(`${PROJECT}/${ref.name}:v${ref.number}`, null, run.uid, null);
    await api.endRun(run.uid, "finished");
  } else {
    const parent = dice.pick(refs);
    const text = `${PROJECT}/${parent.name}:v${parent.number}`;
    // A line in a circle is refused, and not drawn.
    await api.addDerivation(ref, text).catch(() => undefined);
  }
}

/** @param seeds random stories */
export function sharedMergeContract(seeds: number): void {
  describe("browsers that work apart", () => {
    test("[S3 S4 S5 E4] end with the same state, told by their logs, whatever each did", async () => {
      for (let seed = 1; seed <= seeds; seed += 1) {
        const dice = new Dice(seed);
        const remote: Remote = { state: null, manifests: new Map() };
        const devices = await Promise.all(
          ["a", "b", "c"].map(async (name) => new Device(await openHarness(), name)),
        );
        for (let step = 0; step < 24; step += 1) {
          const device = dice.pick(devices);
          await work(device, dice);
          if (!dice.isLucky(0.3)) continue;
          await device.sync(remote);
          await expectSound(device.harness.ctx);
        }
        for (const device of [...devices, ...devices]) await device.sync(remote);
        const texts = await Promise.all(
          devices.map(async (device) => stateText(await device.read())),
        );
        for (const text of texts)
          expect(text, `seed ${seed}`).toBe(stateText(remote.state ?? emptyProject(PROJECT, "")));
        for (const { harness } of devices) {
          await expectSound(harness.ctx);
          harness.close();
        }
      }
    }, 120_000);
  });
}
