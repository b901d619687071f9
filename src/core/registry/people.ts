// People as others paste them: a public key with a name, as one line of text.
import { CairnError, showHidden } from "../errors.ts";
import type { MemberKey } from "./records.ts";

/** A person as others paste them. */
export interface Card {
  readonly key: MemberKey;
  /** `""` where only a key was given. */
  readonly name: string;
  readonly hubUser: string | null;
}

const PERSON_NAME_MAX_LENGTH = 128;
const CARD = /^cairn-key:([^?]*)(?:\?(.*))?$/s;
const LINK = /#\/profile\?(?:[^#]*&)?add=([^&#]*)/;
// 32 bytes are 42 characters and a last one whose two lowest bits are 0.
const KEY = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;
const HUB_USER = /^[A-Za-z0-9_.-]{1,96}$/;
const BROKEN = "it is cut off, or was changed on the way";

/** A key from its text form, or `undefined`. */
export function findMemberKey(text: string): MemberKey | undefined {
  return KEY.test(text) ? (text as MemberKey) : undefined;
}

/** Why a text can't be what somebody is called, or `null`. */
export function findNameProblem(name: string): string | null {
  if (name.trim() === "") return "it is empty";
  if (name.trim() !== name) return "it begins or ends with a space";
  if (name.length > PERSON_NAME_MAX_LENGTH)
    return `it has ${name.length} characters, and ${PERSON_NAME_MAX_LENGTH} is the most`;
  return showHidden(name) === name ? null : "it has characters that can't be seen";
}

/** Why a text can't be a Hugging Face user name, or `null`. */
export function findHubUserProblem(user: string): string | null {
  return HUB_USER.test(user) ? null : "use letters A–Z, digits, “-”, “_” and “.”, at most 96";
}

/** Reads a card, a link to a profile page that carries one (`…#/profile?add=<card>`), or a bare key. Throws `invalid_key`. */
export function parseCard(text: string): Card {
  const fail = (reason: string): never => {
    const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text;
    throw new CairnError("invalid_key", { key: shown, reason });
  };
  const pasted = text.trim();
  if (pasted === "") return fail("it is empty");
  const inLink = LINK.exec(pasted)?.[1];
  const card = inLink === undefined ? pasted : (decode(inLink) ?? fail(BROKEN));
  const [, given = card, said = ""] = CARD.exec(card) ?? [];
  const key = findMemberKey(given) ?? fail(keyProblem(given));
  const fields = fieldsOf(said) ?? fail(BROKEN);
  const name = fields.get("name") ?? "";
  const nameProblem = name === "" ? null : findNameProblem(name);
  if (nameProblem !== null) return fail(`the name in it can't be used: ${nameProblem}`);
  const hubUser = fields.get("hub") ?? null;
  const hubProblem = hubUser === null ? null : findHubUserProblem(hubUser);
  if (hubProblem !== null) return fail(`the user name in it can't be used: ${hubProblem}`);
  return { key, name, hubUser };
}

/** One line of text. The inverse of {@link parseCard}. */
export function formatCard({ key, name, hubUser }: Card): string {
  const fields = [
    ...(name === "" ? [] : [`name=${encode(name)}`]),
    ...(hubUser === null ? [] : [`hub=${encode(hubUser)}`]),
  ];
  return `cairn-key:${key}${fields.length === 0 ? "" : `?${fields.join("&")}`}`;
}

function keyProblem(text: string): string {
  const { length } = text;
  if (/[^A-Za-z0-9_-]/.test(text)) return "a key has only letters A–Z, digits, “-” and “_”";
  return length === 43 ? BROKEN : `a key has 43 characters, and this has ${length}`;
}

/** `undefined` where something is not encoded as it should be, or stands there twice. */
function fieldsOf(text: string): ReadonlyMap<string, string> | undefined {
  const fields = new Map<string, string>();
  for (const part of text === "" ? [] : text.split("&")) {
    const split = part.indexOf("=");
    const field = part.slice(0, split);
    const value = decode(part.slice(split + 1));
    if (split < 0 || value === undefined || fields.has(field)) return undefined;
    fields.set(field, value);
  }
  return fields;
}

function encode(text: string): string {
  // Half a surrogate pair has no encoding.
  return encodeURIComponent(text.replace(/\p{Cs}/gu, "\ufffd"));
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
