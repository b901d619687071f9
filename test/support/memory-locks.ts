// Locks for one process, with the death of a tab at the test's command.
import type { Locks } from "../../src/service/locks.ts";

export type MemoryLocks = Locks & {
  /** Every lock held now is given up, as when a tab dies. */
  die(): void;
};

export function memoryLocks(): MemoryLocks {
  const held = new Set<string>();
  return {
    hold: (name) => {
      held.add(name);
      return Promise.resolve(() => void held.delete(name));
    },
    tryWith: async (name, task) => {
      if (held.has(name)) return false;
      await task();
      return true;
    },
    die: () => held.clear(),
  };
}
