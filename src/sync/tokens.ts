// Tokens of hubs: for this visit in memory; on wish kept on this device, encrypted under a key that can't leave it.
import type { HubToken } from "../protocol/sync-api.ts";
import type { Ctx } from "../service/context.ts";
import type { SecretRecord } from "../store/sync-records.ts";
import { withRead, withWrite } from "../store/transaction.ts";

const CIPHER = "AES-GCM";
const KEY_BITS = 256;
const IV_BYTES = 12;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

type TokenCtx = Pick<Ctx, "db" | "hubTokens" | "now">;

/**
 * The token for a hub: this visit's, else the one kept. `null` for none, and for one that is over.
 * The kept one is read anew each time, so that forgetting it holds at once in every worker.
 */
export async function tokenOf(ctx: TokenCtx, hubUrl: string): Promise<string | null> {
  const held = ctx.hubTokens.get(hubUrl);
  if (held !== null) return held;
  const secret = await withRead(ctx.db, ["secrets"], (tx) => tx.objectStore("secrets").get(hubUrl));
  if (secret === undefined || isOver(secret, ctx.now())) return null;
  return decrypt(secret);
}

/** Keeps a token for later visits, too. */
export async function keepToken(ctx: TokenCtx, hubUrl: string, token: HubToken): Promise<void> {
  const secret = await encrypt(hubUrl, token);
  await withWrite(ctx.db, ["secrets"], (tx) => tx.objectStore("secrets").put(secret));
}

/** Forgets what this device keeps of a hub's token. */
export async function dropKeptToken(ctx: TokenCtx, hubUrl: string): Promise<void> {
  await withWrite(ctx.db, ["secrets"], (tx) => tx.objectStore("secrets").delete(hubUrl));
}

function isOver({ expiresAt }: Pick<SecretRecord, "expiresAt">, now: string): boolean {
  return expiresAt !== null && expiresAt <= now;
}

async function encrypt(hubUrl: string, { token, expiresAt }: HubToken): Promise<SecretRecord> {
  const key = await crypto.subtle.generateKey({ name: CIPHER, length: KEY_BITS }, false, [
    "encrypt",
    "decrypt",
  ]);
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const ciphertext = await crypto.subtle.encrypt(
    { name: CIPHER, iv, additionalData: encoder.encode(hubUrl) },
    key,
    encoder.encode(token),
  );
  return { hubUrl, key, iv, ciphertext, expiresAt };
}

/** `null` where it can't be read any more: one signs in again then. */
async function decrypt({ hubUrl, key, iv, ciphertext }: SecretRecord): Promise<string | null> {
  try {
    const bytes = await crypto.subtle.decrypt(
      { name: CIPHER, iv, additionalData: encoder.encode(hubUrl) },
      key,
      ciphertext,
    );
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}
