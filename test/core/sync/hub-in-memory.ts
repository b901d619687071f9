// A remote that takes one round after another, and devices that sync with it.
import { equal } from "node:assert/strict";
import type { ProjectName } from "../../../src/core/names.ts";
import type { VersionUid } from "../../../src/core/records.ts";
import { applyOps } from "../../../src/core/sync/apply.ts";
import { diffProject } from "../../../src/core/sync/diff.ts";
import { formatRound, readRound } from "../../../src/core/sync/file-texts.ts";
import type { RoundFile, RoundUid } from "../../../src/core/sync/files.ts";
import { roundPath } from "../../../src/core/sync/layout.ts";
import { mergeProject } from "../../../src/core/sync/merge.ts";
import type { SharedOp } from "../../../src/core/sync/ops.ts";
import type { DeviceId, SharedProject } from "../../../src/core/sync/shared.ts";
import { readSnapshot, snapshotFiles, stateText } from "../../../src/core/sync/snapshot.ts";
import { versionFinder } from "../../../src/core/sync/twins.ts";
import type { VersionNumber } from "../../../src/core/version.ts";
import { LocalCopy, type Happenings } from "./local-copy.ts";
import { minute, project } from "./world.ts";

const REMOTE = "the dataset ada/models";

export class HubInMemory {
  state: SharedProject = project([]);
  readonly log: RoundFile[] = [];
  readonly #numbers = new Map<VersionUid, VersionNumber>();

  /** Takes a round that was made for the state it has; else says `false`. */
  commit(device: DeviceId, parent: SharedProject, ops: readonly SharedOp[]): boolean {
    if (parent !== this.state) return false;
    const seq = this.log.length + 1;
    const round: RoundFile = {
      seq,
      uid: `ROUND${String(seq).padStart(5, "0")}` as RoundUid,
      device,
      deviceName: device,
      round: this.log.filter((each) => each.device === device).length + 1,
      at: minute(seq),
      projects: new Map<ProjectName, readonly SharedOp[]>([[parent.name, ops]]),
      registries: [],
    };
    // What is kept is what can be read again.
    this.log.push(readRound(formatRound(round), roundPath(round, false), REMOTE));
    const { state } = applyOps(parent, ops);
    this.state = readSnapshot(state, snapshotFiles(state), REMOTE);
    equal(stateText(this.state), stateText(state));
    this.#checkNumbers();
    return true;
  }

  /** What is agreed on never changes, and no number is given twice [V1 S3]. */
  #checkNumbers(): void {
    for (const { versions } of this.state.artifacts.values())
      for (const { uid, number } of versions.values()) {
        equal(this.#numbers.get(uid) ?? number, number);
        this.#numbers.set(uid, number);
      }
    for (const uid of this.#numbers.keys()) equal(homesOf(this.state, uid).length, 1);
  }
}

export class Device {
  readonly local: LocalCopy;
  #base: SharedProject = project([]);
  readonly #hub: HubInMemory;

  constructor(name: string, hub: HubInMemory, happenings: Happenings) {
    this.local = new LocalCopy(name as DeviceId, happenings);
    this.#hub = hub;
  }

  /** Takes in what the remote has. */
  pull(): void {
    const remote = this.#hub.state;
    const { state: local, device } = this.local;
    const { state } = mergeProject({ base: this.#base, remote, local, device });
    const ops = diffProject(this.#base, local, device);
    equal(stateText(applyOps(state, ops).state), stateText(state));
    this.local.state = state;
    this.#base = remote;
  }

  /** Gives what the remote lacks; `false` where somebody else was first. */
  push(): boolean {
    const { state: local, device } = this.local;
    const ops = diffProject(this.#base, local, device);
    if (ops.length === 0) return true;
    if (!this.#hub.commit(device, this.#base, ops)) return false;
    this.#base = this.#hub.state;
    this.#checkAliases(ops);
    equal(stateText(applyOps(this.#base, ops).state), stateText(this.#base));
    return true;
  }

  get pending(): readonly SharedOp[] {
    return diffProject(this.#base, this.local.state, this.local.device);
  }

  /** An alias is where the last accepted move put it [S4]. */
  #checkAliases(ops: readonly SharedOp[]): void {
    for (const op of ops) {
      if (op.kind !== "alias") continue;
      const artifact = this.#base.artifacts.get(op.name);
      const target = op.move.to === null ? null : versionFinder(artifact)(op.move.to);
      equal(artifact?.aliases.get(op.alias)?.version ?? null, target?.uid ?? null);
    }
  }
}

/** The versions that an id names. */
export function homesOf(state: SharedProject, uid: string) {
  return [...state.artifacts.values()].flatMap(({ versions }) =>
    [...versions.values()].filter((each) => [each.uid, ...each.twins].some((id) => id === uid)),
  );
}
