// Cuts the files that wait into units of work: a group of small files, or some large ones.
import type { StageRequest } from "../../protocol/ingest.ts";

/** Smaller files are read together and kept in packs; IndexedDB itself moves larger values to files of their own. */
export const SMALL_FILE_BYTES = 64 * 1024;

export interface Unit {
  readonly kind: "small" | "large";
  readonly requests: readonly StageRequest[];
}

interface Limits {
  readonly bytes: number;
  readonly files: number;
}
/** One pack: about 1 MiB. */
export const SMALL_UNIT: Limits = { bytes: 1 << 20, files: 256 };
/** Put in one transaction: enough to spread its cost, few enough to share among workers. */
const LARGE_UNIT: Limits = { bytes: 64 << 20, files: 16 };

/** The files of one ingest that nobody works on yet. */
export class WaitingFiles {
  private readonly small: StageRequest[][] = [];
  private readonly large: StageRequest[][] = [];
  private tookSmall = false;

  /** Adds files behind those that wait. */
  add(requests: readonly StageRequest[]): void {
    enqueue(this.small, requests.filter(isSmall), SMALL_UNIT);
    enqueue(
      this.large,
      requests.filter((request) => !isSmall(request)),
      LARGE_UNIT,
    );
  }

  /** Takes the next unit: small and large in turn, so that neither keeps every worker. */
  take(): Unit | undefined {
    this.tookSmall = this.small.length > 0 && !(this.tookSmall && this.large.length > 0);
    const requests = (this.tookSmall ? this.small : this.large).shift();
    return requests === undefined
      ? undefined
      : { kind: this.tookSmall ? "small" : "large", requests };
  }

  get isEmpty(): boolean {
    return this.small.length === 0 && this.large.length === 0;
  }
}

function isSmall(request: StageRequest): boolean {
  return request.sizeBytes < SMALL_FILE_BYTES;
}

/** Fills the last group up, then starts new ones. */
function enqueue(
  groups: StageRequest[][],
  requests: readonly StageRequest[],
  limits: Limits,
): void {
  let group = groups.at(-1);
  let bytes = group?.reduce((sum, request) => sum + request.sizeBytes, 0) ?? 0;
  for (const request of requests) {
    if (
      group === undefined ||
      group.length === limits.files ||
      bytes + request.sizeBytes > limits.bytes
    ) {
      group = [];
      bytes = 0;
      groups.push(group);
    }
    group.push(request);
    bytes += request.sizeBytes;
  }
}
