// Ed25519 by WebCrypto: device keys, signatures over texts, and whether they are right [E3 P8].
import { CairnError } from "../../core/errors.ts";
import { requestText, signedText } from "../../core/registry/event-text.ts";
import type {
  MemberKey,
  RegistryEvent,
  RegistryUid,
  SignedRequest,
} from "../../core/registry/records.ts";

const ALGORITHM = "Ed25519";
const encoder = new TextEncoder();
// A line in front says what a digest is for, as with what is signed.
const UID_DOMAIN = "cairn-registry-id:1\n";
/** Bytes of the digest in a registry's id. */
const UID_BYTES = 16;

/** A new device key. Throws `signing_unavailable`. */
export async function makeKey(): Promise<{
  readonly key: MemberKey;
  readonly privateKey: CryptoKey;
}> {
  const subtle = webCrypto();
  try {
    const pair = await generateKey(subtle);
    const raw = await subtle.exportKey("raw", pair.publicKey);
    return { key: toBase64Url(new Uint8Array(raw)) as MemberKey, privateKey: pair.privateKey };
  } catch (error) {
    throw unavailable(error);
  }
}

/** A signature over a text: 64 bytes in base64url. Throws `signing_unavailable`. */
export async function sign(privateKey: CryptoKey, text: string): Promise<string> {
  const subtle = webCrypto();
  try {
    const signature = await subtle.sign(ALGORITHM, privateKey, encoder.encode(text));
    return toBase64Url(new Uint8Array(signature));
  } catch (error) {
    throw unavailable(error);
  }
}

/** Whether a signature over a text is that of the key. Throws `signing_unavailable`. */
export async function verify(key: MemberKey, text: string, signature: string): Promise<boolean> {
  const subtle = webCrypto();
  const keyBytes = fromBase64Url(key);
  const signatureBytes = fromBase64Url(signature);
  if (keyBytes?.length !== 32 || signatureBytes?.length !== 64) return false;
  try {
    const publicKey = await subtle.importKey("raw", keyBytes, ALGORITHM, false, ["verify"]);
    return await subtle.verify(ALGORITHM, publicKey, signatureBytes, encoder.encode(text));
  } catch (error) {
    // 32 bytes that are no point of the curve are nobody's key.
    if (error instanceof DOMException && error.name === "DataError") return false;
    throw unavailable(error);
  }
}

/**
 * An id that only one person can begin a registry with: a nonce, and a digest of it with their key.
 * So nobody can put a log of their own in a registry's place where that isn't known yet [E3].
 */
export async function registryUidOf(creator: MemberKey, nonce: string): Promise<RegistryUid> {
  const text = `${UID_DOMAIN}${creator}\n${nonce}`;
  const digest = await webCrypto().digest("SHA-256", encoder.encode(text));
  return `${nonce}-${toBase64Url(new Uint8Array(digest, 0, UID_BYTES))}` as RegistryUid;
}

/**
 * Whether an event, and the request in it where there is one, is what its actor signed; a log's
 * first event also has to be by whom the registry's id names [E3].
 */
export async function verifyEvent({ signature, ...event }: RegistryEvent): Promise<boolean> {
  const isSigned = await verify(event.actor, signedText(event), signature);
  const { act, registry, seq } = event;
  if (seq === 0) {
    const [nonce = ""] = registry.split("-", 1);
    return isSigned && registry === (await registryUidOf(event.actor, nonce));
  }
  if (!isSigned || act.kind !== "promotion-settled" || act.signed === null) return isSigned;
  return verifyRequest(act.signed);
}

/** Whether a request that came as a file is what its actor signed. */
export function verifyRequest({ signature, ...request }: SignedRequest): Promise<boolean> {
  return verify(request.actor, requestText(request), signature);
}

/** Bytes as base64 for addresses, without padding. */
function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCodePoint(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

/** The inverse of {@link toBase64Url}; `null` for any other text, so that bytes have one spelling. */
function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return null;
  const bytes = Uint8Array.from(
    atob(text.replaceAll("-", "+").replaceAll("_", "/")),
    (character) => character.codePointAt(0) ?? 0,
  );
  return toBase64Url(bytes) === text ? bytes : null;
}

/** A key pair whose private half stays in the browser, where it can make such. */
async function generateKey(subtle: SubtleCrypto): Promise<CryptoKeyPair> {
  const uses = ["sign", "verify"] as const;
  try {
    return await subtle.generateKey(ALGORITHM, false, uses);
  } catch {
    return await subtle.generateKey(ALGORITHM, true, uses);
  }
}

function webCrypto(): SubtleCrypto {
  // Pages that didn't come over https have none, whatever the types say.
  const subtle = globalThis.crypto.subtle as SubtleCrypto | undefined;
  if (subtle === undefined)
    throw new CairnError("signing_unavailable", { reason: "this page isn't served over https" });
  return subtle;
}

function unavailable(error: unknown): CairnError {
  const isUnknown = error instanceof DOMException && error.name === "NotSupportedError";
  const said = error instanceof Error ? error.message || error.name : String(error);
  const reason = isUnknown ? "it doesn't know Ed25519 signatures" : said;
  return new CairnError("signing_unavailable", { reason }, { cause: error });
}
