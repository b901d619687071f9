// The second origin: takes uploads and gives out large files, by addresses the Hub has signed.
import { part, type Call } from "./call.ts";
import { HubError } from "./hub-error.ts";
import { fileReply } from "./ranges.ts";
import { emptyReply, type Reply } from "./reply.ts";
import type { Upload } from "./uploads.ts";

/** Takes a whole object, or one part of it. Bytes of another digest or length are not kept. */
export async function putObject(call: Call): Promise<Reply> {
  refuseToken(call);
  const { hub, url } = call;
  const upload = hub.uploads.get(part(call, "upload"), hub.now);
  return upload.partBytes === undefined
    ? putWhole(call, upload)
    : putPart(call, upload, upload.partBytes, Number(url.searchParams.get("partNumber")));
}

async function putWhole({ hub, request }: Call, upload: Upload): Promise<Reply> {
  for (const [name, value] of Object.entries(hub.uploadHeaders))
    if (request.headers[name.toLowerCase()] !== value)
      throw new HubError(403, `SignatureDoesNotMatch: the header ${name} is missing.`);
  const file = await hub.objects.begin();
  try {
    const { bytes, digest } = await hub.objects.receive(request, file, {
      start: 0,
      algorithm: "sha256",
    });
    // The storage takes no empty objects; the Hub keeps empty files in git.
    if (bytes === 0 || bytes !== upload.size || digest !== upload.sha256)
      throw new HubError(400, "XAmzContentSHA256Mismatch: these are not the bytes announced.");
    await hub.objects.keep(file, digest);
    upload.repo.lfs.set(digest, bytes);
    return emptyReply(200, { ETag: `"${digest.slice(0, 32)}"` });
  } finally {
    await hub.objects.drop(file);
  }
}

async function putPart(
  { hub, request }: Call,
  upload: Upload,
  partBytes: number,
  number: number,
): Promise<Reply> {
  const start = (number - 1) * partBytes;
  const expected = Math.min(partBytes, upload.size - start);
  if (!Number.isInteger(number) || number < 1 || expected <= 0)
    throw new HubError(400, "InvalidPart");
  if (Number(request.headers["content-length"]) !== expected)
    throw new HubError(400, "The part has the wrong length.");
  // Parts come at the same time: all wait for one file.
  upload.file ??= hub.objects.begin();
  const { digest } = await hub.objects.receive(request, await upload.file, {
    start,
    algorithm: "md5",
  });
  const etag = `"${digest}"`;
  upload.parts.set(number, etag);
  return emptyReply(200, { ETag: etag });
}

/** Gives a large file. Its ETag is the storage's own, not the digest. */
export function getObject(call: Call): Reply {
  refuseToken(call);
  const { hub, request, url } = call;
  hub.checkSigned(url);
  const sha256 = part(call, "oid");
  const size = hub
    .repos()
    .map((repo) => repo.lfs.get(sha256))
    .find((found) => found !== undefined);
  if (size === undefined) throw new HubError(404, "NoSuchKey");
  const body = { kind: "file", path: hub.objects.pathOf(sha256), start: 0, end: size } as const;
  return fileReply(request, body, {
    ETag: `"${sha256.slice(32)}${sha256.slice(0, 32)}"`,
    "Content-Type": "application/octet-stream",
  });
}

/** A signed address is one way to say who asks; the storage takes no second. */
function refuseToken({ request }: Call): void {
  if (request.headers.authorization !== undefined)
    throw new HubError(400, "InvalidArgument: only one auth mechanism allowed.");
}
