// The index, rounds and manifests of a remote as texts, and back. What comes back is hostile and checked [N1 F1].
import type { Manifest } from "../manifest.ts";
import type { RemoteIndex, RemoteManifest, RoundFile } from "./files.ts";

export function formatIndex(index: RemoteIndex): string {
  throw new Error(`not yet ${index.seq}`);
}

/** Throws `invalid_remote`: also for a format newer than this Cairn knows, which it says. */
export function readIndex(text: string, remote: string): RemoteIndex {
  throw new Error(`not yet ${text} ${remote}`);
}

export function formatRound(round: RoundFile): string {
  throw new Error(`not yet ${round.uid}`);
}

/** Throws `invalid_remote`. */
export function readRound(text: string, path: string, remote: string): RoundFile {
  throw new Error(`not yet ${text} ${path} ${remote}`);
}

export function formatRemoteManifest(manifest: RemoteManifest): string {
  throw new Error(`not yet ${manifest.uid}`);
}

/** Throws `invalid_remote`. */
export function readRemoteManifest(text: string, path: string, remote: string): RemoteManifest {
  throw new Error(`not yet ${text} ${path} ${remote}`);
}

/** The manifest that it tells of; its digest is for the caller to check [S2]. */
export function manifestOfRemote(manifest: RemoteManifest): Manifest {
  throw new Error(`not yet ${manifest.uid}`);
}
