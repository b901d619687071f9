// An answer other than success, as the Hub words it.

export type HubErrorCode = "RepoNotFound" | "RevisionNotFound" | "EntryNotFound";

export class HubError extends Error {
  readonly status: number;
  readonly code: HubErrorCode | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    more: { code?: HubErrorCode; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    this.name = "HubError";
    this.status = status;
    this.code = more.code;
    this.headers = more.headers ?? {};
  }
}
