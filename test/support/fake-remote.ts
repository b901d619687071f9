// A remote of one file, and a version whose bytes are only there.
import type { Digest } from "../../src/core/digest.ts";
import type { Remote, RemoteBytes } from "../../src/protocol/remote.ts";
import type { StoreApi } from "../../src/protocol/store-api.ts";
import type { Ctx } from "../../src/service/context.ts";
import { log, openHarness, type Files } from "./service-harness.ts";

/** A remote in which one file holds these blobs, with gaps as a tar has them. */
export interface FakeRemote extends Remote {
  /** Digests asked for. */
  readonly asked: Digest[];
  /** Times the file was opened. */
  opened: number;
  /** What it sends instead of the file. */
  sends: () => Promise<ReadableStream<Uint8Array<ArrayBuffer>>>;
  /** The file as it should be. */
  bytes: Uint8Array<ArrayBuffer>;
  /** What it says of the file. */
  file: RemoteBytes | null;
  known: string | null;
}

export function fakeRemote(): FakeRemote {
  const remote: FakeRemote = {
    asked: [],
    opened: 0,
    bytes: new Uint8Array(),
    file: null,
    known: null,
    sends: () => Promise.resolve(new Blob([remote.bytes]).stream()),
    locate: (digest) => {
      remote.asked.push(digest);
      return Promise.resolve(remote.file);
    },
    lastKnown: () => Promise.resolve(remote.known),
  };
  return remote;
}

/** Puts contents into the remote's file: one alone, several with a gap before each. */
export async function fill(
  remote: FakeRemote,
  { hasher }: Ctx,
  contents: readonly (string | Uint8Array<ArrayBuffer>)[],
): Promise<void> {
  const blobs = contents.map((content) =>
    typeof content === "string" ? new TextEncoder().encode(content) : content,
  );
  const gap = blobs.length > 1 ? 512 : 0;
  const size = blobs.reduce((sum, blob) => sum + gap + blob.byteLength, 0);
  remote.bytes = new Uint8Array(size);
  let at = 0;
  const members = blobs.map((blob) => {
    at += gap;
    remote.bytes.set(blob, at);
    at += blob.byteLength;
    const sizeBytes = blob.byteLength;
    return { digest: hasher.hashBytes(blob), offset: at - sizeBytes, sizeBytes };
  });
  remote.file = {
    label: "the test remote",
    sizeBytes: size,
    sha256: await hasher.sha256([remote.bytes]),
    members,
    open: () => {
      remote.opened += 1;
      return remote.sends();
    },
  };
}

export interface Setting {
  readonly api: StoreApi;
  readonly ctx: Ctx;
  readonly remote: FakeRemote;
}

/** A version whose bytes are only in the remote: all of its files in one file there. */
export async function onlyThere(files: Files, storesBlobs = true): Promise<Setting> {
  const remote = fakeRemote();
  const { api, ctx } = await openHarness(undefined, { storesBlobs, ctx: { remote } });
  await log(api, files);
  await forget(ctx);
  await fill(remote, ctx, Object.values(files));
  return { api, ctx, remote };
}

/** Takes all bytes away, as freeing space does. */
export async function forget({ db }: Ctx): Promise<void> {
  for (const store of ["packs", "packBytes", "ingests"] as const) await db.clear(store);
  const totals = await db.get("totals", "all");
  if (totals !== undefined) await db.put("totals", { ...totals, storedBytes: 0 }, "all");
}
