// Who asks, and what the token lets them do.
import { HubError } from "./hub-error.ts";
import type { Repo } from "./repo.ts";
import type { HubSettings, RepoType, TokenSettings, UserSettings } from "./settings.ts";

/** A token a sign-in gave; it may do what its scopes say. */
export interface OAuthGrant {
  readonly clientId: string;
  readonly scopes: readonly string[];
}

export interface Account {
  readonly user: UserSettings;
  readonly token: TokenSettings;
  readonly oauth: OAuthGrant | undefined;
}

export class Accounts {
  readonly #users: ReadonlyMap<string, UserSettings>;
  readonly #tokens = new Map<string, { token: TokenSettings; oauth: OAuthGrant | undefined }>();
  readonly #expired = new Set<string>();

  constructor({ users, tokens }: HubSettings) {
    this.#users = new Map(users.map((user) => [user.name, user]));
    for (const token of tokens) this.add(token);
  }

  /** The person who signs in on the authorize page. */
  get visitor(): UserSettings {
    return [...this.#users.values()][0] ?? { name: "nobody" };
  }

  add(token: TokenSettings, oauth?: OAuthGrant): void {
    this.#tokens.set(token.token, { token, oauth });
    this.#expired.delete(token.token);
  }

  /** From now on the token is refused. */
  expire(token: string): void {
    this.#expired.add(token);
  }

  /** Gives the account of a request; 401 for a token that is unknown or has ended. */
  identify(authorization: string | undefined, now: number): Account | undefined {
    const text = /^Bearer (.+)$/.exec(authorization ?? "")?.[1];
    if (text === undefined) return undefined;
    const found = this.#tokens.get(text);
    const user = this.#users.get(found?.token.user ?? "");
    if (found === undefined || user === undefined || this.#expired.has(text))
      throw new HubError(401, "Invalid credentials in Authorization header");
    if (found.token.expiresAt !== undefined && found.token.expiresAt <= now)
      throw new HubError(401, "Access token has expired");
    return { user, ...found };
  }
}

/** Whether the account may see the repo at all. */
export function mayRead(account: Account | undefined, repo: Repo): boolean {
  if (!repo.isPrivate) return true;
  if (account === undefined || !isOf(account, repo.namespace)) return false;
  const { oauth, token } = account;
  if (oauth !== undefined)
    return (
      mayWrite(account, repo) ||
      oauth.scopes.some((s) => s === "read-repos" || s === "manage-repos")
    );
  return token.role !== "fineGrained" || token.repos?.[repo.gitPath] !== undefined;
}

/** Whether the account may commit to the repo. */
export function mayWrite(account: Account, repo: Repo): boolean {
  if (!isOf(account, repo.namespace)) return false;
  const { oauth, token } = account;
  if (oauth !== undefined)
    return (
      oauth.scopes.some((scope) => scope === "write-repos" || scope === "manage-repos") ||
      (oauth.scopes.includes("contribute-repos") && repo.createdBy === oauth.clientId)
    );
  return token.role === "write" || token.repos?.[repo.gitPath] === "write";
}

/** Refuses with 403 who may not commit to the repo, and with 401 who is not signed in. */
export function requireWrite(account: Account | undefined, repo: Repo): Account {
  if (account === undefined) throw unauthorized();
  if (!mayWrite(account, repo))
    throw new HubError(
      403,
      "Forbidden: your token doesn't have the rights to write to this repository.",
    );
  return account;
}

/** Refuses who may not create or delete repos in a namespace. */
export function requireManage(
  account: Account | undefined,
  namespace: string,
  { type, deletes }: { type: RepoType; deletes: boolean },
): Account {
  if (account === undefined) throw unauthorized();
  const { oauth, token } = account;
  const allowed =
    oauth === undefined
      ? token.role === "write"
      : oauth.scopes.includes("manage-repos") ||
        (!deletes && oauth.scopes.includes("contribute-repos"));
  if (allowed && isOf(account, namespace)) return account;
  throw new HubError(
    403,
    `You don't have the rights to ${deletes ? "delete" : "create"} a ${type} under the namespace "${namespace}"`,
  );
}

export function unauthorized(): HubError {
  return new HubError(401, "Invalid username or password.");
}

function isOf({ user }: Account, namespace: string): boolean {
  return user.name === namespace || (user.orgs ?? []).includes(namespace);
}
