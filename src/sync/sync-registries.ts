// Registries' logs in a remote: verified on arrival, own events signed again behind those that came [E3].
import { isCairnError, type ErrorCode } from "../core/errors.ts";
import type { Digest } from "../core/digest.ts";
import type { RegistryName, RegistryUid } from "../core/registry/records.ts";
import type { RemoteIndex, RemoteRegistry } from "../core/sync/files.ts";
import { registryHeadPath, registryPartPath } from "../core/sync/layout.ts";
import type { CommitOid, CommitOp, Hub } from "../hub/hub.ts";
import { exportRegistry } from "../service/registry/export.ts";
import { importRegistry } from "../service/registry/import.ts";
import { invalidLog } from "../service/registry/log-file.ts";
import type { RegistryRecord } from "../store/schema.ts";
import type { RemoteRecord } from "../store/sync-records.ts";
import { withRead } from "../store/transaction.ts";
import type { SyncCtx } from "./context.ts";
import { changedParts, fileOf, partsOf } from "./registry-parts.ts";
import { noteProblems } from "./registry-problems.ts";
import { together } from "./together.ts";

export interface RegistriesPulled {
  /** What could not be put together with what is here, in a sentence each; the others were. */
  readonly problems: ReadonlyMap<RegistryUid, string>;
  /** Registries, by name, whose log grew here. */
  readonly changed: readonly string[];
}

/** Requests for parts under way at once. */
const LANES = 6;
/** Names tried for a registry whose name another has here. */
const MOST_NAMES = 100;
/** Leaves room for a number behind it. */
const STEM_LENGTH = 120;

/** What keeps one registry from being put together, and no other; anything else ends the round. */
const PROBLEMS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "invalid_log",
  "log_forked",
  "no_profile",
  "signing_unavailable",
  "already_exists",
  "changed_since",
]);

/**
 * Brings in the logs of the scope's registries that differ from those here. What keeps one from
 * it is noted in the remote's row and log.
 */
export async function pullRegistries(
  sync: SyncCtx,
  remote: RemoteRecord,
  hub: Hub,
  head: { readonly commit: CommitOid; readonly index: RemoteIndex },
  signal: AbortSignal,
): Promise<RegistriesPulled> {
  const problems = new Map<RegistryUid, string>();
  const changed: string[] = [];
  for (const uid of remote.scope.registries) {
    const theirs = head.index.registries.get(uid);
    if (theirs === undefined || (await hasAllOf(sync, uid, theirs))) continue;
    try {
      const file = await fetchLog(sync, hub, head.commit, uid, theirs, signal);
      const { name, kind } = await bringIn(sync, file);
      if (kind !== "same" && kind !== "older") changed.push(name);
    } catch (error) {
      if (!isCairnError(error) || !PROBLEMS.has(error.code)) throw error;
      problems.set(uid, error.message);
    }
  }
  await noteProblems(sync, remote, problems, head.index);
  return { problems, changed };
}

/**
 * What a commit must write so that the remote has the logs of here, where these say more, and only
 * the parts that differ. Of registries with problems nothing is written: others' events could be lost.
 *
 * @returns the registries that are written, as the index has to say them
 */
export async function planRegistries(
  sync: SyncCtx,
  remote: RemoteRecord,
  index: RemoteIndex,
  problems: RegistriesPulled["problems"],
): Promise<{
  readonly ops: readonly CommitOp[];
  readonly registries: ReadonlyMap<RegistryUid, RemoteRegistry>;
}> {
  const ops: CommitOp[] = [];
  const registries = new Map<RegistryUid, RemoteRegistry>();
  for (const uid of remote.scope.registries) {
    const theirs = index.registries.get(uid);
    const ours = await findRegistry(sync, uid);
    if (problems.has(uid) || ours === null || ours.record.head === theirs?.head) continue;
    const file = await partsOf(await exportRegistry(sync, ours.record.name));
    const digests = file.parts.map((part) => sync.hasher.hashText([part]));
    ops.push({ kind: "text", path: registryHeadPath(uid), text: file.headText });
    for (const part of changedParts(digests, theirs))
      ops.push({
        kind: "text",
        path: registryPartPath(uid, part),
        text: file.parts[part] ?? "",
      });
    for (let part = digests.length; part < (theirs?.parts.length ?? 0); part += 1)
      ops.push({ kind: "delete", path: registryPartPath(uid, part) });
    const { events, head } = file.head;
    registries.set(uid, { name: ours.ownName, events, head, parts: digests });
  }
  return { ops, registries };
}

interface FoundRegistry {
  readonly record: RegistryRecord;
  /** What it calls itself; here it may have another name. */
  readonly ownName: RegistryName;
}

function findRegistry({ db }: SyncCtx, uid: RegistryUid): Promise<FoundRegistry | null> {
  return withRead(db, ["registries", "registryEvents"], async (tx) => {
    const record = await tx.objectStore("registries").get(uid);
    if (record === undefined) return null;
    const first = await tx.objectStore("registryEvents").get([uid, 0]);
    const act = first?.event.act;
    return { record, ownName: act?.kind === "registry-created" ? act.name : record.name };
  });
}

/** Whether the log there is one that the log here begins with. */
async function hasAllOf(
  { db }: SyncCtx,
  uid: RegistryUid,
  { events, head }: RemoteRegistry,
): Promise<boolean> {
  const last = await withRead(db, ["registryEvents"], (tx) =>
    tx.objectStore("registryEvents").get([uid, events - 1]),
  );
  return last?.digest === head;
}

/** The log there as a file, of which only those parts are fetched that aren't here. */
async function fetchLog(
  sync: SyncCtx,
  hub: Hub,
  commit: CommitOid,
  uid: RegistryUid,
  theirs: RemoteRegistry,
  signal: AbortSignal,
): Promise<Blob> {
  const known = await ownParts(sync, uid);
  const parts = theirs.parts.map((digest) => known.get(digest) ?? null);
  const lacking = [...parts.keys()].filter((part) => parts[part] === null);
  const headText = await hub.readText(commit, registryHeadPath(uid), signal);
  await together(
    LANES,
    signal,
    () => lacking,
    async (part, stop) => {
      const text = await hub.readText(commit, registryPartPath(uid, part), stop);
      if (text === null || sync.hasher.hashText([text]) !== theirs.parts[part])
        throw invalidLog(null, `its part ${part} is not the one that the repository's index names`);
      parts[part] = text;
    },
  );
  return fileOf(uid, theirs, {
    headText,
    parts: parts.map((text) => text ?? ""),
    now: sync.now(),
  });
}

async function ownParts(sync: SyncCtx, uid: RegistryUid): Promise<ReadonlyMap<Digest, string>> {
  const ours = await findRegistry(sync, uid);
  if (ours === null) return new Map();
  const { parts } = await partsOf(await exportRegistry(sync, ours.record.name));
  return new Map(parts.map((text) => [sync.hasher.hashText([text]), text]));
}

/** Brings a file in, under a name that is free. */
async function bringIn(sync: SyncCtx, file: Blob): ReturnType<typeof importRegistry> {
  let name: string | null = null;
  for (let tries = 2; ; tries += 1) {
    try {
      return await importRegistry(sync, file, name);
    } catch (error) {
      if (!isCairnError(error, "already_exists") || tries > MOST_NAMES) throw error;
      const taken: string = error.data.name;
      const stem: string = name === null ? taken : taken.replace(/-\d+$/, "");
      name = `${stem.slice(0, STEM_LENGTH)}-${tries}`;
    }
  }
}
