// Locks that end with the worker that holds them, however it ends.

export interface Locks {
  /** Holds a lock until the returned function is called, or this context goes away. Waits for it if need be. */
  hold(name: string): Promise<() => void>;
  /** Runs a task while holding a lock, unless somebody else holds it. Answers whether it ran. */
  tryWith(name: string, task: () => Promise<void>): Promise<boolean>;
}

/** Locks across all tabs, by the Web Locks API. */
export function webLocks(manager: LockManager): Locks {
  return {
    hold: (name) =>
      new Promise((resolve, reject) => {
        manager.request(name, () => new Promise<void>((release) => resolve(release))).catch(reject);
      }),
    tryWith: async (name, task) => {
      let ran = false;
      await manager.request(name, { ifAvailable: true }, async (lock) => {
        if (lock === null) return;
        ran = true;
        await task();
      });
      return ran;
    },
  };
}
