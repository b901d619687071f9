// What a test may say of the hub it starts. All of it is plain data, for it crosses a process border.

export type RepoType = "model" | "dataset" | "space";

export interface UserSettings {
  readonly name: string;
  readonly orgs?: readonly string[];
  /** Fields whoami-v2 gives beside, or instead of, its own. */
  readonly whoAmI?: Readonly<Record<string, unknown>>;
  /** Fields userinfo gives beside, or instead of, its own. */
  readonly userInfo?: Readonly<Record<string, unknown>>;
}

export interface TokenSettings {
  readonly token: string;
  readonly user: string;
  readonly role: "read" | "write" | "fineGrained";
  readonly displayName?: string;
  /** For `fineGrained`: what it may do, by repo, such as `{"datasets/ada/nets": "write"}`. */
  readonly repos?: Readonly<Record<string, "read" | "write">>;
  /** In milliseconds since 1970, by the hub's clock. */
  readonly expiresAt?: number;
}

/** A public OAuth app. Loopback addresses are allowed to any port, as the Hub does. */
export interface AppSettings {
  readonly clientId: string;
  readonly redirectUris?: readonly string[];
}

export interface HubLimits {
  /** In five minutes, for each account; `null` counts nothing. */
  readonly apiRequests: number | null;
  readonly anonymousApiRequests: number | null;
  readonly resolverRequests: number | null;
  readonly anonymousResolverRequests: number | null;
  readonly commitsPerHour: number | null;
  readonly regularFileBytes: number;
  readonly lfsFileBytes: number;
  readonly commitPayloadBytes: number;
  readonly lfsOperations: number;
  readonly preuploadFiles: number;
  readonly pathsInfoPaths: number;
  readonly folderEntries: number;
  /** Git and LFS of a Space together, with its history. */
  readonly spaceBytes: number;
  /** All private repos of one namespace together. */
  readonly privateBytes: number;
  /** Objects of this size and more are sent in parts. */
  readonly multipartFromBytes: number;
  readonly partBytes: number;
  /** How long an address to upload to or download from is good. */
  readonly urlLifeMs: number;
  readonly treePage: number;
  readonly expandedTreePage: number;
}

export interface HubSettings {
  readonly users: readonly UserSettings[];
  readonly tokens: readonly TokenSettings[];
  readonly apps: readonly AppSettings[];
  readonly limits: HubLimits;
  readonly oauthLifeMs: number;
  /** `only`: the batch names nothing but Xet for what the repo lacks, whatever the client can do. */
  readonly xet: "never" | "only";
  /** Whether new repos begin with a commit that brings the Hub's `.gitattributes`; else with none at all. */
  readonly initialGitAttributes: boolean;
}

const MIB = 1024 * 1024;

/** What a free account gets from the real Hub, for tests about being slowed down. */
export const FREE_RATES = {
  apiRequests: 1000,
  anonymousApiRequests: 500,
  resolverRequests: 5000,
  anonymousResolverRequests: 3000,
  commitsPerHour: 128,
} as const satisfies Partial<HubLimits>;

/** The real limits of size, and no limits of rate. */
export const DEFAULT_LIMITS: HubLimits = {
  apiRequests: null,
  anonymousApiRequests: null,
  resolverRequests: null,
  anonymousResolverRequests: null,
  commitsPerHour: null,
  regularFileBytes: 10 * MIB,
  lfsFileBytes: 500e9,
  commitPayloadBytes: 1e9,
  lfsOperations: 25_000,
  preuploadFiles: 256,
  pathsInfoPaths: 1000,
  folderEntries: 10_000,
  spaceBytes: 1e9,
  privateBytes: 100e9,
  multipartFromBytes: 64 * MIB,
  partBytes: 16 * MIB,
  urlLifeMs: 900_000,
  treePage: 1000,
  expandedTreePage: 50,
};

/** A hub of one person with a token that may write. */
export const DEFAULT_SETTINGS: HubSettings = {
  users: [{ name: "ada", orgs: ["lab"] }],
  tokens: [{ token: "hf_ada", user: "ada", role: "write" }],
  apps: [{ clientId: "cairn-test" }],
  limits: DEFAULT_LIMITS,
  oauthLifeMs: 8 * 3_600_000,
  xet: "never",
  initialGitAttributes: true,
};
