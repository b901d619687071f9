// What the browser says about this site's storage, and asking it to keep the data.
import type { StorageState } from "./cairn.ts";

/** Reads usage, quota and persistence; `null` where the browser has no answer. */
export async function storageState(): Promise<StorageState> {
  // Absent outside secure contexts and in some private windows.
  const storage: StorageManager | undefined = navigator.storage;
  const estimate = await storage?.estimate?.().catch(() => undefined);
  const persisted = await storage?.persisted?.().catch(() => undefined);
  return {
    usageBytes: estimate?.usage ?? null,
    quotaBytes: estimate?.quota ?? null,
    persisted: persisted ?? null,
  };
}

/** Asks for persistent storage; `null` where that can't be asked. */
export async function askToPersist(): Promise<boolean | null> {
  const storage: StorageManager | undefined = navigator.storage;
  return (await storage?.persist?.().catch(() => undefined)) ?? null;
}
