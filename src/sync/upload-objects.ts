// Sends a remote the bytes it lacks: several at once, in parts, resumed inside a file.
import type { HubFailure } from "../core/sync/hub-failure.ts";
import type { Hub, UploadPlan, UploadProgress } from "../hub/hub.ts";
import type { RemoteRecord } from "../store/sync-records.ts";
import type { SyncCtx } from "./context.ts";
import { findUpload, forgetOldUploads, forgetUpload, keepUpload } from "./kept-uploads.ts";
import type { Meter } from "./meter.ts";
import type { UploadObject } from "./upload-object.ts";
import { failureOf, retrying } from "./retry.ts";
import { together } from "./together.ts";

/** Objects on their way at once; each of them holds its bytes, a pack at most. */
const LANES = 4;
/** Most objects asked for together: the addresses they get end after some minutes. */
export const PLANNED = 500;

export interface UploadJob {
  readonly sync: SyncCtx;
  readonly remote: RemoteRecord;
  readonly hub: Hub;
  readonly meter: Meter;
}

export interface Sent {
  readonly objects: number;
  readonly bytes: number;
}

/**
 * Asks which of the objects the repository lacks, and uploads those, small ones first: most are done
 * soon, and what is left at the end goes in several parts at once.
 *
 * @returns how many objects and bytes were sent
 * @throws CairnError `hub_failed` after retries, `blob_missing`, `digest_mismatch`, `remote_failed`, `aborted`
 */
export async function uploadObjects(
  job: UploadJob,
  objects: readonly UploadObject[],
  signal: AbortSignal,
): Promise<Sent> {
  const distinct = [...new Map(objects.map((object) => [object.sha256, object])).values()];
  if (distinct.length === 0) return { objects: 0, bytes: 0 };
  job.meter.step("uploading", { files: distinct.length, bytes: sum(distinct) });
  const sent = { objects: 0, bytes: 0 };
  await uploadGroups(job, groupsOf(distinct), signal, {
    onThere({ sizeBytes }, isNew) {
      if (!isNew) return;
      sent.objects += 1;
      sent.bytes += sizeBytes;
    },
  });
  return sent;
}

export interface UploadOptions {
  /** Told of each object that the repository has; `isNew` where it was sent. */
  readonly onThere: (object: UploadObject, isNew: boolean) => void;
  /** Whether a failure leaves one object out, and the others go on; none does, usually. */
  readonly isBearable?: (error: unknown) => boolean;
}

/**
 * Uploads objects as they come, each of them once; a group is what is asked for together. Throws as
 * {@link uploadObjects}.
 */
export async function uploadGroups(
  job: UploadJob,
  groups: Groups,
  signal: AbortSignal,
  { onThere, isBearable = () => false }: UploadOptions,
): Promise<void> {
  await forgetOldUploads(job.sync.db, job.remote.uid, job.sync.now());
  await together(
    LANES,
    signal,
    (until) => planned(job, groups, onThere, until),
    async (toSend, until) => {
      try {
        await send(job, toSend, until);
      } catch (error) {
        if (until.aborted || !isBearable(error)) throw error;
        return;
      }
      onThere(toSend.object, true);
    },
  );
}

type Groups = Iterable<readonly UploadObject[]> | AsyncIterable<readonly UploadObject[]>;

function* groupsOf(objects: readonly UploadObject[]): Generator<readonly UploadObject[]> {
  const bySize = objects.toSorted((a, b) => a.sizeBytes - b.sizeBytes);
  for (let from = 0; from < bySize.length; from += PLANNED)
    yield bySize.slice(from, from + PLANNED);
}

interface ToSend {
  readonly object: UploadObject;
  readonly plan: Exclude<UploadPlan, { kind: "present" }>;
}

/** The objects that the repository lacks. */
async function* planned(
  { sync, hub, meter }: UploadJob,
  groups: Groups,
  onThere: UploadOptions["onThere"],
  signal: AbortSignal,
): AsyncGenerator<ToSend> {
  for await (const group of groups) {
    const plans = await retrying(sync, signal, () => hub.planUploads(group.map(lfsOf), signal));
    const toSend: ToSend[] = [];
    const there: UploadObject[] = [];
    for (const [i, object] of group.entries()) {
      const plan = plans[i];
      if (plan === undefined || plan.kind === "present") there.push(object);
      else toSend.push({ object, plan });
    }
    meter.skip({ files: there.length, bytes: sum(there) });
    for (const object of there) onThere(object, false);
    yield* toSend;
  }
}

async function send(job: UploadJob, { object, plan }: ToSend, signal: AbortSignal): Promise<void> {
  const { sync, remote, hub, meter } = job;
  meter.subject(object.name);
  await retrying(sync, signal, async (former) => {
    // After a failure the plan may be over, and the object there: only the answer was lost.
    const [now] = former === null ? [plan] : await hub.planUploads([lfsOf(object)], signal);
    if (now === undefined || now.kind === "present") meter.addBytes(object.sizeBytes);
    else await sendBy(job, object, now, signal);
  });
  await forgetUpload(sync.db, remote.uid, object.sha256);
  meter.addFiles(1);
}

/** Goes on with the parts that arrived earlier, where there are such and they are still good; else begins. */
async function sendBy(
  job: UploadJob,
  object: UploadObject,
  plan: ToSend["plan"],
  signal: AbortSignal,
): Promise<void> {
  const { sync, remote } = job;
  const begun = { startedAt: sync.now(), before: null };
  const kept =
    plan.kind === "multipart"
      ? await findUpload(sync.db, remote.uid, object, begun.startedAt)
      : null;
  try {
    await sendOnce(job, object, plan, kept ?? begun, signal);
  } catch (error) {
    const kind = failureOf(error);
    if (kind === null || !IS_OVER.has(kind)) throw error;
    await forgetUpload(sync.db, remote.uid, object.sha256);
    if (kept === null) throw error;
    await sendOnce(job, object, plan, begun, signal);
  }
}

/** Failures that say of an upload in parts that it can't be gone on with. */
const IS_OVER: ReadonlySet<HubFailure> = new Set(["busy", "not_found", "odd_answer"]);

async function sendOnce(
  { sync, remote, hub, meter }: UploadJob,
  object: UploadObject,
  plan: ToSend["plan"],
  { startedAt, before }: { readonly startedAt: string; readonly before: UploadProgress | null },
  signal: AbortSignal,
): Promise<void> {
  // What arrived earlier is no work of now.
  const arrived = arrivedBytes(before);
  meter.skip({ files: 0, bytes: arrived });
  let counted = 0;
  const onSent = (bytes: number): void => {
    meter.addBytes(bytes - counted);
    counted = bytes;
  };
  const onPart = (progress: UploadProgress): Promise<void> =>
    keepUpload(sync.db, remote.uid, progress, startedAt);
  try {
    const body = await object.body(signal);
    await hub.upload(before?.plan ?? plan, body, before, { onSent, onPart }, signal);
    onSent(object.sizeBytes - arrived);
  } catch (error) {
    onSent(0);
    meter.skip({ files: 0, bytes: -arrived });
    throw error;
  }
}

function arrivedBytes(before: UploadProgress | null): number {
  if (before === null) return 0;
  const { chunkBytes, object } = before.plan;
  return [...before.etags.keys()].reduce(
    (bytes, part) => bytes + Math.min(chunkBytes, object.sizeBytes - part * chunkBytes),
    0,
  );
}

function lfsOf({ sha256, sizeBytes }: UploadObject): { sha256: string; sizeBytes: number } {
  return { sha256, sizeBytes };
}

function sum(objects: readonly UploadObject[]): number {
  return objects.reduce((bytes, { sizeBytes }) => bytes + sizeBytes, 0);
}
