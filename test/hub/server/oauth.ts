// Signing in: an authorize page that says yes at once, and tokens for codes with their proof (PKCE).
import { createHash, randomUUID } from "node:crypto";
import { unauthorized } from "./accounts.ts";
import { readBody, type Call } from "./call.ts";
import { emptyReply, jsonReply, textReply, type Reply } from "./reply.ts";
import type { AppSettings, UserSettings } from "./settings.ts";

const CODE_LIFE_MS = 600_000;

interface OAuthCode {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
}

/** Codes that wait to be exchanged, each once. */
export class OAuthCodes {
  readonly #codes = new Map<string, OAuthCode>();
  /** Whether the person on the authorize page says no. */
  isDenied = false;

  add(code: OAuthCode): string {
    const name = randomUUID();
    this.#codes.set(name, code);
    return name;
  }

  take(name: string, now: number): OAuthCode | undefined {
    const code = this.#codes.get(name);
    this.#codes.delete(name);
    return code !== undefined && code.expiresAt > now ? code : undefined;
  }
}

export function openIdConfiguration({ hub }: Call): Reply {
  const { hub: origin } = hub.addresses;
  return jsonReply({
    issuer: origin,
    authorization_endpoint: `${origin}/oauth/authorize`,
    token_endpoint: `${origin}/oauth/token`,
    userinfo_endpoint: `${origin}/oauth/userinfo`,
    code_challenge_methods_supported: ["S256"],
    response_types_supported: ["code"],
  });
}

/** Sends the person back to the app with a code, or with "access_denied". */
export function authorize({ hub, url }: Call): Reply {
  const query = (name: string): string => url.searchParams.get(name) ?? "";
  const app = hub.settings.apps.find(({ clientId }) => clientId === query("client_id"));
  const redirectUri = query("redirect_uri");
  // These two are said on the page: who has no good address to go back to must not be sent there.
  if (app === undefined) return refusal("Invalid client_id.");
  if (!mayRedirect(app, redirectUri)) return refusal(`Invalid redirect_uri: ${redirectUri}`);
  const back = new URL(redirectUri);
  back.searchParams.set("state", query("state"));
  if (query("response_type") !== "code" || query("code_challenge_method") !== "S256") {
    back.searchParams.set("error", "invalid_request");
    back.searchParams.set("error_description", "This app needs a code with an S256 challenge.");
  } else if (hub.codes.isDenied) {
    back.searchParams.set("error", "access_denied");
    back.searchParams.set("error_description", "The user denied the request.");
  } else {
    const code = hub.codes.add({
      clientId: app.clientId,
      redirectUri,
      challenge: query("code_challenge"),
      scopes: query("scope").split(" "),
      expiresAt: hub.now + CODE_LIFE_MS,
    });
    back.searchParams.set("code", code);
  }
  return emptyReply(303, { Location: back.href });
}

/** Gives a token for a code, once, to who knows the verifier. */
export async function exchangeCode({ hub, request }: Call): Promise<Reply> {
  const form = new URLSearchParams((await readBody(request, 100_000)).toString("utf8"));
  if (form.get("grant_type") !== "authorization_code") return tokenError("unsupported_grant_type");
  const code = hub.codes.take(form.get("code") ?? "", hub.now);
  const verifier = form.get("code_verifier") ?? "";
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  if (
    code === undefined ||
    code.challenge !== challenge ||
    code.redirectUri !== form.get("redirect_uri")
  )
    return tokenError("invalid_grant");
  const { clientId, scopes } = code;
  const user = hub.accounts.visitor;
  const token = `hf_oauth_${randomUUID()}`;
  const { oauthLifeMs } = hub.settings;
  hub.accounts.add(
    { token, user: user.name, role: "write", expiresAt: hub.now + oauthLifeMs },
    { clientId, scopes },
  );
  return jsonReply({
    access_token: token,
    expires_in: Math.floor(oauthLifeMs / 1000),
    id_token: idToken(user, clientId),
    scope: scopes.join(" "),
    token_type: "bearer",
  });
}

export function userInfo({ account, hub }: Call): Reply {
  if (account === undefined) throw unauthorized();
  const { user } = account;
  return jsonReply({
    sub: userId(user),
    name: user.name,
    preferred_username: user.name,
    profile: `${hub.addresses.hub}/${user.name}`,
    picture: `${hub.addresses.hub}/avatars/${user.name}.svg`,
    isPro: false,
    orgs: (user.orgs ?? []).map((name) => ({ name, preferred_username: name })),
    ...user.userInfo,
  });
}

export function whoAmI({ account }: Call): Reply {
  if (account === undefined) throw unauthorized();
  const { user, token, oauth } = account;
  return jsonReply({
    type: "user",
    id: userId(user),
    name: user.name,
    fullname: user.name,
    isPro: false,
    orgs: (user.orgs ?? []).map((name) => ({ type: "org", name, fullname: name })),
    ...user.whoAmI,
    auth:
      oauth === undefined
        ? {
            type: "access_token",
            accessToken: {
              displayName: token.displayName ?? token.token,
              role: token.role,
              createdAt: "2026-01-01T00:00:00.000Z",
            },
          }
        : { type: "oauth", expiresAt: new Date(token.expiresAt ?? 0).toISOString() },
  });
}

function mayRedirect(app: AppSettings, address: string): boolean {
  if ((app.redirectUris ?? []).includes(address)) return true;
  return URL.canParse(address) && ["localhost", "127.0.0.1"].includes(new URL(address).hostname);
}

function refusal(text: string): Reply {
  return textReply(text, "text/html; charset=utf-8", {}, 400);
}

function tokenError(error: string): Reply {
  const description = "The code, its verifier or its redirect_uri is not valid.";
  return jsonReply({ error, error_description: description }, {}, 400);
}

function idToken(user: UserSettings, clientId: string): string {
  const encode = (value: unknown): string =>
    Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${encode({ alg: "none" })}.${encode({ sub: userId(user), aud: clientId })}.`;
}

function userId({ name }: UserSettings): string {
  return createHash("sha1").update(name).digest("hex").slice(0, 24);
}
