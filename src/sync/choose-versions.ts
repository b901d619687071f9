// Which new versions go with a commit: as many as it takes, prepared and pinned.
import type { ProjectName } from "../core/names.ts";
import type { VersionUid } from "../core/records.ts";
import { formatRemoteManifest } from "../core/sync/file-texts.ts";
import { formatVersion } from "../core/version.ts";
import { isBytesLost } from "./bytes-lost.ts";
import type { Sender } from "./head-start.ts";
import type { Pins } from "./pins.ts";
import { prepareVersion, type PreparedVersion } from "./prepare.ts";
import type { CommitLimits } from "./context.ts";
import { remark, type Run } from "./round-run.ts";
import type { VersionIn } from "./tombstones.ts";
import type { UploadObject } from "./upload-object.ts";

export type WantedVersion = VersionIn & { readonly project: ProjectName };

export interface Chosen {
  readonly prepared: readonly ChosenVersion[];
  /** Versions that stay here for now. */
  readonly heldBack: ReadonlySet<VersionUid>;
  /** Some of them only because the commit is full. */
  readonly isFull: boolean;
  /** One with more files than a commit takes; nothing else goes with it. */
  readonly big: ChosenVersion | null;
}

export type ChosenVersion = PreparedVersion & {
  readonly of: WantedVersion;
  /** The text of its manifest. */
  readonly text: string;
};

/** Goes through the versions in order, until the commit is full. Their objects are offered as they become known. */
export async function chooseVersions(
  run: Run,
  wanted: readonly WantedVersion[],
  pins: Pins,
  sender: Sender,
): Promise<Chosen> {
  const prepared: ChosenVersion[] = [];
  const heldBack = new Set<VersionUid>();
  const room = new Room(run.mood.limits);
  let big: ChosenVersion | null = null;
  let isFull = false;
  for (const next of wanted) {
    const { uid } = next.version;
    const version = isFull ? null : await prepare(run, next, pins, sender);
    if (version === null) heldBack.add(uid);
    else if (room.take(version)) prepared.push(version);
    else {
      isFull = true;
      heldBack.add(uid);
      if (prepared.length === 0) big = version;
    }
  }
  return { prepared, heldBack, isFull, big };
}

/** What a commit still takes. */
class Room {
  #left: CommitLimits;
  #isEmpty = true;

  constructor(limits: CommitLimits) {
    this.#left = limits;
  }

  /** Makes place for a version, if there is. A version alone may be as large as it likes, but for its files' number. */
  take({ pointers, objects, text }: ChosenVersion): boolean {
    const left: CommitLimits = {
      pointers: this.#left.pointers - pointers.length,
      inlineBytes: this.#left.inlineBytes - text.length,
      uploadBytes:
        this.#left.uploadBytes - objects.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    };
    const isSmall = left.inlineBytes >= 0 && left.uploadBytes >= 0;
    if (left.pointers < 0 || (!isSmall && !this.#isEmpty)) return false;
    this.#left = left;
    this.#isEmpty = false;
    return true;
  }
}

/** Makes a version ready; `null` where it is gone by now, or its bytes can't be had. */
async function prepare(
  run: Run,
  of: WantedVersion,
  pins: Pins,
  sender: Sender,
): Promise<ChosenVersion | null> {
  const { project, name, version } = of;
  const { uid, number, digest } = version;
  if (run.mood.unsendable.has(uid) || !(await pins.pin(version))) return null;
  await run.step("prepare");
  try {
    const wanted = { project, name, number, uid, digest };
    const offer = (object: UploadObject): void => sender.offer(object);
    const prepared = await prepareVersion(run.sync, wanted, run.meter, run.signal, offer);
    return { ...prepared, of, text: formatRemoteManifest(prepared.manifest) };
  } catch (error) {
    if (!isBytesLost(error)) throw error;
    leaveHere(run, of);
    return null;
  }
}

/** Has a version stay here, for the rest of the round. */
export function leaveHere(run: Run, { project, name, version }: WantedVersion): void {
  run.mood.unsendable.add(version.uid);
  remark(
    run,
    `${project}/${name}:${formatVersion(version.number)} stays here: some of its bytes are missing or damaged. Drop the file again to heal it.`,
  );
}
