// A version made ready for a remote: SHA-256s, packs, the manifest that goes with it.
import type { ArtifactName, ProjectName } from "../core/names.ts";
import type { Digest } from "../core/digest.ts";
import type { VersionUid } from "../core/records.ts";
import type { RemoteManifest } from "../core/sync/files.ts";
import type { VersionNumber } from "../core/version.ts";
import type { LfsObject } from "../hub/hub.ts";
import type { SyncCtx } from "./context.ts";
import type { Meter } from "./meter.ts";

export interface VersionToPush {
  readonly project: ProjectName;
  readonly name: ArtifactName;
  readonly number: VersionNumber;
  readonly uid: VersionUid;
  readonly digest: Digest;
}

/** Bytes the remote may lack. */
export interface UploadObject extends LfsObject {
  /** For messages: a path in the version. */
  readonly name: string;
  /** Reads or makes them, checked. Throws `blob_missing`, `digest_mismatch`. */
  readonly body: (signal: AbortSignal) => Promise<Blob>;
}

export interface PreparedVersion {
  readonly manifest: RemoteManifest;
  /** Pointers to commit: paths in the repository. */
  readonly pointers: readonly { readonly path: string; readonly object: LfsObject }[];
  readonly objects: readonly UploadObject[];
}

/** Throws `blob_missing`, `digest_mismatch`, `aborted`. A SHA-256 is computed once per blob and kept [M1]. */
export function prepareVersion(
  sync: SyncCtx,
  version: VersionToPush,
  meter: Meter,
  signal: AbortSignal,
): Promise<PreparedVersion> {
  throw new Error(`not yet ${sync.actor} ${version.name} ${String(meter)} ${String(signal)}`);
}
