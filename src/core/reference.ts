// References: files named by a URI, whose bytes are not kept here [M4].
import { errorOf, type Problem } from "./errors.ts";
import { baseName, checkPath } from "./path.ts";

export const URI_MAX_LENGTH = 8192;

const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:\S/;
/** Query parameters by which storage services sign or authorise a URL (AWS, Google, Azure, CloudFront, generic tokens). */
const SIGNED =
  /^(x-amz-(signature|credential|security-token)|x-goog-(signature|credential)|sig|signature|se|awsaccesskeyid|googleaccessid|key-pair-id|policy|token|access_token|api_key|apikey)$/i;

/** Says what is wrong with a reference's URI, or `null`. Any scheme is taken. */
export function checkUri(uri: string): Problem<"invalid_reference"> | null {
  const reason = uriProblem(uri);
  return reason === null ? null : { code: "invalid_reference", data: { uri, reason } };
}

/** The URI itself once checked. Throws `invalid_reference`. */
export function parseUri(uri: string): string {
  const problem = checkUri(uri);
  if (problem !== null) throw errorOf(problem);
  return uri;
}

/** True when the URI seems to carry a signature or a secret: it will expire, or should not be shared [M4]. */
export function looksSigned(uri: string): boolean {
  const query = uri.split("#", 1)[0]?.split("?").slice(1).join("?") ?? "";
  if (/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*:[^/?#]*@/i.test(uri)) return true;
  return query.split("&").some((pair) => SIGNED.test(pair.split("=", 1)[0] ?? ""));
}

/**
 * The path proposed for a reference: its last segment, else its host. Always a valid path without
 * folders, whatever the URI hides in its escapes [F1].
 */
export function pathOfUri(uri: string): string {
  const bare = uri.replace(/[?#].*$/s, "");
  const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/]*@)?([^/@:]+)/i.exec(bare)?.[1] ?? "";
  const last = baseName(bare.replace(/^[a-z][a-z0-9+.-]*:(\/\/[^/]*)?/i, "").replace(/\/+$/, ""));
  return [decoded(last), last, host].find(isFileName) ?? "reference";
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function isFileName(text: string): boolean {
  return !text.includes("/") && checkPath(text) === null;
}

function uriProblem(uri: string): string | null {
  if (uri === "") return "it is empty";
  if (uri.length > URI_MAX_LENGTH) return `it is longer than ${URI_MAX_LENGTH} characters`;
  if (/[\s\p{Cc}\p{Cs}]/u.test(uri)) return "it contains white space or control characters";
  return SCHEME.test(uri) ? null : "it has no scheme, such as “https:” or “s3:”";
}
