// What the disk that files are saved to may not hold.
import type { DiskLimits } from "../core/disk-path.ts";

/** What the system's usual file systems can't hold; Linux ones hold everything. */
export function diskLimits(): DiskLimits {
  const agent = navigator.userAgent;
  const windowsNames = agent.includes("Windows");
  return { windowsNames, foldsCase: windowsNames || agent.includes("Mac OS") };
}
