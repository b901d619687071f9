// What was asked of the hub, for tests to count and to read.

export interface LoggedRequest {
  /** The X-Request-Id of its answer. */
  readonly id: string;
  readonly host: "hub" | "storage";
  readonly method: string;
  /** With its query, as sent. */
  readonly path: string;
  readonly origin: string | undefined;
  /** Whether it came with an Authorization header. */
  readonly hasToken: boolean;
  /** Bytes of the body that arrived. */
  bytesIn: number;
  /** Bytes of the body that were sent. */
  bytesOut: number;
  /** 0 while it lasts, and for good when no answer was sent. */
  status: number;
  /** The kinds of faults it met. */
  faults: readonly string[];
}

export class RequestLog {
  readonly #requests: LoggedRequest[] = [];

  add(request: LoggedRequest): void {
    this.#requests.push(request);
  }

  /** All requests since the log was cleared, oldest first. */
  all(): readonly LoggedRequest[] {
    return this.#requests;
  }

  clear(): void {
    this.#requests.length = 0;
  }
}
