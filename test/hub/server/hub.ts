// All that one running hub holds.
import { createHmac, randomUUID } from "node:crypto";
import { Accounts, mayRead, unauthorized, type Account } from "./accounts.ts";
import { Faults } from "./faults.ts";
import { HubError } from "./hub-error.ts";
import { OAuthCodes } from "./oauth.ts";
import { Objects } from "./objects.ts";
import { Rates } from "./rates.ts";
import type { Repo } from "./repo.ts";
import { RequestLog } from "./request-log.ts";
import type { HubLimits, HubSettings, RepoType } from "./settings.ts";
import { Uploads } from "./uploads.ts";
import { XetStore } from "./xet-store.ts";

/** Where the three servers listen. */
export interface HubAddresses {
  readonly hub: string;
  /** Another origin: `localhost` where the hub has `127.0.0.1`. */
  readonly storage: string;
  /** Static Spaces, each below a name of its own in front of this one. */
  readonly spaces: string;
}

export class Hub {
  readonly settings: HubSettings;
  readonly addresses: HubAddresses;
  readonly accounts: Accounts;
  readonly objects: Objects;
  readonly uploads = new Uploads();
  readonly xet = new XetStore();
  readonly codes = new OAuthCodes();
  readonly rates = new Rates();
  readonly faults = new Faults();
  readonly log = new RequestLog();
  limits: HubLimits;
  /** Headers the batch answer asks for and a basic PUT is refused without. */
  uploadHeaders: Readonly<Record<string, string>> = {};
  readonly #repos = new Map<string, Repo>();
  readonly #secret = randomUUID();
  #aheadMs = 0;

  constructor(settings: HubSettings, addresses: HubAddresses, folder: string) {
    this.settings = settings;
    this.limits = settings.limits;
    this.addresses = addresses;
    this.accounts = new Accounts(settings);
    this.objects = new Objects(folder);
  }

  /** The hub's clock, which tests put forward. */
  get now(): number {
    return Date.now() + this.#aheadMs;
  }

  advance(ms: number): void {
    this.#aheadMs += ms;
  }

  repos(): readonly Repo[] {
    return [...this.#repos.values()];
  }

  hasRepo(type: RepoType, name: string): boolean {
    return this.#repos.has(repoKey(type, name));
  }

  addRepo(repo: Repo): void {
    this.#repos.set(repoKey(repo.type, repo.name), repo);
  }

  deleteRepo(repo: Repo): void {
    this.#repos.delete(repoKey(repo.type, repo.name));
  }

  /** Gives a repo the account may see. One it may not see is as absent: 404, and 401 for who is not signed in. */
  getRepo(account: Account | undefined, type: RepoType, name: string): Repo {
    const repo = this.#repos.get(repoKey(type, name));
    if (repo !== undefined && mayRead(account, repo)) return repo;
    if (account === undefined) throw unauthorized();
    throw new HubError(404, "Repository not found", { code: "RepoNotFound" });
  }

  /** The origin of a Space, such as `http://ada-digits.localhost:4000`: browsers find that on this machine. */
  spaceOrigin({ name }: Repo): string {
    const host = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
    return this.addresses.spaces.replace("://", `://${host}.`);
  }

  /** Signs an address of the storage for as long as it is good. */
  sign(path: string): string {
    const expires = this.now + this.limits.urlLifeMs;
    return `${this.addresses.storage}${path}?Expires=${expires}&Signature=${this.#signature(path, expires)}`;
  }

  /** 403 for an address that has ended, or was never signed. */
  checkSigned(url: URL): void {
    const expires = Number(url.searchParams.get("Expires"));
    if (url.searchParams.get("Signature") !== this.#signature(url.pathname, expires))
      throw new HubError(403, "SignatureDoesNotMatch");
    if (expires <= this.now) throw new HubError(403, "Request has expired");
  }

  /** Forgets objects no commit ever pointed to. Gives how many. */
  collectGarbage(): number {
    let dropped = 0;
    for (const repo of this.repos())
      for (const oid of repo.lfs.keys())
        if (!repo.committedLfs.has(oid) && repo.lfs.delete(oid)) dropped += 1;
    return dropped;
  }

  #signature(path: string, expires: number): string {
    return createHmac("sha256", this.#secret).update(`${path} ${expires}`).digest("hex");
  }
}

/** Names are told apart without regard to case. */
function repoKey(type: RepoType, name: string): string {
  return `${type} ${name.toLowerCase()}`;
}
