// Where the tests' browsers keep their profiles.
import { mkdtemp, rm, statfs } from "node:fs/promises";
import { freemem, tmpdir } from "node:os";
import { join } from "node:path";

const MEMORY = "/dev/shm";
const GIB = 1024 ** 3;
/** A run's profiles hold some hundred MiB at a time, with CAIRN_BIG=1 some GiB. */
const ROOM_BYTES = 8 * GIB;

/**
 * Makes a folder for profiles: in memory where there is room, because Chromium writes thousands of small files
 * and waits for the disk at each strict transaction.
 */
export async function makeProfilesFolder(): Promise<string> {
  return mkdtemp(join((await hasRoomInMemory()) ? MEMORY : tmpdir(), "cairn-profiles-"));
}

async function hasRoomInMemory(): Promise<boolean> {
  if (freemem() < ROOM_BYTES) return false;
  try {
    const { bavail, bsize } = await statfs(MEMORY);
    return bavail * bsize >= ROOM_BYTES;
  } catch {
    return false;
  }
}

/** Removes a folder that a browser which just ended may still write into. */
export async function removeProfile(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
