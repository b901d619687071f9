// Sends a remote the bytes it lacks: several at once, in parts, resumed inside a file.
import type { HubFailure } from "../core/sync/hub-failure.ts";
import type { Hub, UploadPlan, UploadProgress } from "../hub/hub.ts";
import type { RemoteRecord } from "../store/schema.ts";
import type { SyncCtx } from "./context.ts";
import { findUpload, forgetOldUploads, forgetUpload, keepUpload } from "./kept-uploads.ts";
import type { Meter } from "./meter.ts";
import type { UploadObject } from "./prepare.ts";
import { failureOf, retrying } from "./retry.ts";
import { together } from "./together.ts";

/** Objects on their way at once; each of them holds its bytes, a pack at most. */
const LANES = 4;
/** Objects asked for together: the addresses they get end after some minutes. */
const PLANNED = 500;

/**
 * Asks which of the objects the repository lacks, and uploads those, small ones first: most are done
 * soon, and what is left at the end goes in several parts at once.
 *
 * @returns how many objects and bytes were sent
 * @throws CairnError `hub_failed` after retries, `blob_missing`, `digest_mismatch`, `remote_failed`, `aborted`
 */
export async function uploadObjects(
  sync: SyncCtx,
  remote: RemoteRecord,
  hub: Hub,
  objects: readonly UploadObject[],
  meter: Meter,
  signal: AbortSignal,
): Promise<{ readonly objects: number; readonly bytes: number }> {
  const distinct = [...new Map(objects.map((object) => [object.sha256, object])).values()];
  if (distinct.length === 0) return { objects: 0, bytes: 0 };
  meter.step("uploading", { files: distinct.length, bytes: sum(distinct) });
  await forgetOldUploads(sync.db, remote.uid, sync.now());
  const job: Job = { sync, remote, hub, meter };
  const sent = { objects: 0, bytes: 0 };
  await together(
    LANES,
    signal,
    (until) => planned(job, distinct, until),
    async (toSend, until) => {
      await send(job, toSend, until);
      sent.objects += 1;
      sent.bytes += toSend.object.sizeBytes;
    },
  );
  return sent;
}

interface Job {
  readonly sync: SyncCtx;
  readonly remote: RemoteRecord;
  readonly hub: Hub;
  readonly meter: Meter;
}

interface ToSend {
  readonly object: UploadObject;
  readonly plan: Exclude<UploadPlan, { kind: "present" }>;
}

/** The objects that the repository lacks, some asked for at a time. */
async function* planned(
  { sync, hub, meter }: Job,
  objects: readonly UploadObject[],
  signal: AbortSignal,
): AsyncGenerator<ToSend> {
  const bySize = objects.toSorted((a, b) => a.sizeBytes - b.sizeBytes);
  for (let from = 0; from < bySize.length; from += PLANNED) {
    const group = bySize.slice(from, from + PLANNED);
    const plans = await retrying(sync, signal, () => hub.planUploads(group.map(lfsOf), signal));
    const toSend = group.flatMap((object, i) => {
      const plan = plans[i];
      return plan === undefined || plan.kind === "present" ? [] : [{ object, plan }];
    });
    const present = sum(group) - sum(toSend.map(({ object }) => object));
    meter.skip({ files: group.length - toSend.length, bytes: present });
    yield* toSend;
  }
}

async function send(job: Job, { object, plan }: ToSend, signal: AbortSignal): Promise<void> {
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
  job: Job,
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
  { sync, remote, hub, meter }: Job,
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
