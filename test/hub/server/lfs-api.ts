// The LFS batch: what the repo has, and where to send what it lacks.
import { requireWrite } from "./accounts.ts";
import { parseJson, readBody, readJson, type Call } from "./call.ts";
import type { Hub } from "./hub.ts";
import { HubError } from "./hub-error.ts";
import { checkStorage } from "./quotas.ts";
import { jsonReply, type Reply } from "./reply.ts";
import type { Repo } from "./repo.ts";
import { repoOf } from "./repos-api.ts";
import { xetAction } from "./xet-api.ts";

const LFS_JSON = { "Content-Type": "application/vnd.git-lfs+json; charset=utf-8" };

interface LfsObject {
  readonly oid: string;
  readonly size: number;
}

interface BatchRequest {
  readonly operation: "upload" | "download";
  readonly transfers: readonly string[];
  readonly objects: readonly LfsObject[];
}

export async function lfsBatch(call: Call): Promise<Reply> {
  const { hub } = call;
  const repo = repoOf(call);
  const {
    operation = "upload",
    transfers = ["basic"],
    objects = [],
  } = await readJson<BatchRequest>(call);
  if (operation === "download")
    return jsonReply(
      { transfer: "basic", objects: objects.map((o) => download(hub, repo, o)) },
      LFS_JSON,
    );
  requireWrite(call.account, repo);
  const missing = objects.filter(({ oid }) => !repo.lfs.has(oid));
  checkStorage(
    hub,
    repo,
    missing.reduce((sum, { size }) => sum + size, 0),
  );
  const isXet = hub.settings.xet === "only" && missing.length > 0;
  const inParts = (size: number): boolean =>
    !isXet && transfers.includes("multipart") && size >= hub.limits.multipartFromBytes;
  return jsonReply(
    {
      transfer: isXet ? "xet" : missing.some(({ size }) => inParts(size)) ? "multipart" : "basic",
      objects: objects.map((object) => {
        if (!/^[0-9a-f]{64}$/.test(object.oid) || !(object.size >= 0))
          return { ...object, error: { code: 422, message: "Invalid LFS object." } };
        if (object.size > hub.limits.lfsFileBytes)
          return { ...object, error: { code: 413, message: "The file is too large." } };
        if (repo.lfs.has(object.oid)) return object;
        if (isXet) return { ...object, actions: { upload: xetAction(hub, repo) } };
        return { ...object, actions: uploadActions(hub, repo, object, inParts(object.size)) };
      }),
    },
    LFS_JSON,
  );
}

function uploadActions(hub: Hub, repo: Repo, { oid, size }: LfsObject, inParts: boolean): unknown {
  const { partBytes, urlLifeMs } = hub.limits;
  const upload = hub.uploads.add({
    repo,
    sha256: oid,
    size,
    expiresAt: hub.now + urlLifeMs,
    partBytes: inParts ? partBytes : undefined,
  });
  const address = `${hub.addresses.storage}/upload/${upload.id}`;
  const verify = { href: `${hub.addresses.hub}/${repo.gitPath}.git/info/lfs/objects/verify` };
  if (!inParts) return { upload: { href: address, header: hub.uploadHeaders }, verify };
  const numbers = Array.from({ length: Math.ceil(size / partBytes) }, (_, index) => index + 1);
  const parts = numbers.map((n) => [String(n).padStart(5, "0"), `${address}?partNumber=${n}`]);
  return {
    upload: {
      href: `${hub.addresses.hub}/api/complete_multipart?uploadId=${upload.id}`,
      header: { chunk_size: String(partBytes), ...Object.fromEntries(parts) },
    },
    verify,
  };
}

function download(hub: Hub, repo: Repo, object: LfsObject): unknown {
  return repo.lfs.has(object.oid)
    ? { ...object, actions: { download: { href: hub.sign(`/objects/${object.oid}`) } } }
    : { ...object, error: { code: 404, message: "Object does not exist" } };
}

export async function lfsVerify(call: Call): Promise<Reply> {
  const { oid = "", size } = await readJson<LfsObject>(call);
  if (repoOf(call).lfs.get(oid) !== size) throw new HubError(404, "Object does not exist");
  return jsonReply({ message: "ok" }, LFS_JSON);
}

/** Puts an upload's parts together: all of them, each with its ETag, and with the digest they promised. */
export async function completeMultipart({ hub, request, url }: Call): Promise<Reply> {
  const upload = hub.uploads.get(url.searchParams.get("uploadId") ?? "", hub.now);
  const text = (await readBody(request, hub.limits.commitPayloadBytes)).toString("utf8");
  const { oid, parts = [] } = parseJson<{
    oid: string;
    parts: { partNumber: number; etag: string }[];
  }>(text);
  const count = Math.ceil(upload.size / (upload.partBytes ?? upload.size));
  const isWhole =
    oid === upload.sha256 &&
    parts.length === count &&
    parts.every(
      ({ partNumber, etag }, index) =>
        partNumber === index + 1 && upload.parts.get(partNumber) === etag,
    );
  if (!isWhole || upload.file === undefined)
    throw new HubError(
      400,
      "One or more of the specified parts could not be found, or an ETag is wrong.",
    );
  const file = await upload.file;
  const { bytes, digest } = await hub.objects.read(file);
  if (bytes !== upload.size || digest !== upload.sha256)
    throw new HubError(400, "The uploaded file's SHA-256 is not the one announced.");
  upload.file = undefined;
  await hub.objects.keep(file, digest);
  upload.repo.lfs.set(digest, bytes);
  return jsonReply({ oid: digest }, LFS_JSON);
}
