// Ways a hub can fail to do what was asked, and what they mean for the person.

export type HubFailure =
  /** Nothing came back: no network, or the hub doesn't let this page ask. */
  | "offline"
  | "timeout"
  /** No token, or one that is over. */
  | "signed_out"
  /** The token may not do this. */
  | "forbidden"
  | "not_found"
  /** The repository's or the account's storage is full. */
  | "full"
  /** Commits of this hour are used up. */
  | "commit_rate"
  | "rate"
  /** Somebody else committed first. */
  | "changed"
  /** It is there already. */
  | "exists"
  /** Another operation is under way. */
  | "busy"
  | "too_large"
  /** A commit names bytes that the repository lacks. */
  | "missing_object"
  /** The bytes can only be uploaded through Xet. */
  | "needs_xet"
  | "server"
  /** An answer that makes no sense. */
  | "odd_answer";

/** What an error says of a failure. */
export interface HubFailureData {
  /** What was asked, for people, such as `the dataset ada/models`. */
  readonly remote: string;
  readonly kind: HubFailure;
  /** The hub's own words; `""` for none. */
  readonly detail: string;
  /** The hub's id for the request; `null` where it gave none. */
  readonly requestId: string | null;
}

/** Says a failure in a sentence or two, with the way out. */
export function describeHubFailure({ remote, kind, detail }: HubFailureData): string {
  return `${capital(SENTENCES[kind].replace("%", () => remote))}${detail === "" || !SAYS_DETAIL.has(kind) ? "" : ` It said: “${detail}”`}`;
}

const SAYS_DETAIL: ReadonlySet<HubFailure> = new Set([
  "forbidden",
  "full",
  "too_large",
  "server",
  "odd_answer",
  "missing_object",
]);

/** `%` stands for the remote. */
const SENTENCES: Readonly<Record<HubFailure, string>> = {
  offline: "% can't be reached. Nothing is lost; check the connection.",
  timeout: "% didn't answer in time. Cairn tries again by itself.",
  signed_out: "You aren't signed in to %, or the sign-in is over. Sign in again.",
  forbidden: "Your sign-in doesn't let you write to %. Use a token with write access to it.",
  not_found: "There is no such thing as %, or your sign-in doesn't let you see it.",
  full: "% is full. Free space there, or sync elsewhere.",
  commit_rate: "% takes no more commits this hour. Cairn goes on by itself.",
  rate: "% was asked too often. Cairn goes on in some minutes.",
  changed: "Somebody else wrote to % first. Cairn takes that in and tries again.",
  exists: "% is there already. Connect to it, or choose another name.",
  busy: "% is busy with something else. Cairn tries again by itself.",
  too_large: "% takes less at once.",
  missing_object: "% lacks bytes that were uploaded to it. Cairn sends them again.",
  needs_xet: "% takes large files only through Xet.",
  server: "% had a fault of its own. Cairn tries again by itself.",
  odd_answer: "% gave an answer that makes no sense.",
};

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
