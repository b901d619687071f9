// Xet, for uploads: tokens, packs of chunks, and shards. What arrives becomes an ordinary object.
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { requireWrite } from "./accounts.ts";
import { part, readBody, type Call } from "./call.ts";
import type { Hub } from "./hub.ts";
import { HubError } from "./hub-error.ts";
import { emptyReply, jsonReply, type Reply } from "./reply.ts";
import { repoOf } from "./repos-api.ts";
import type { Repo } from "./repo.ts";
import { readShard, type ShardFile } from "./xorb.ts";

const MOST_XORB_BYTES = 64 * 1024 ** 2;

/** What the batch says to an object that may only come this way. */
export function xetAction(hub: Hub, repo: Repo): unknown {
  const { token, expiresAt } = hub.xet.grant(repo, hub.now);
  return {
    href: `${hub.addresses.hub}/api/${repo.type}s/${repo.name}/xet-write-token/main`,
    header: {
      "X-Xet-Cas-Url": hub.addresses.storage,
      "X-Xet-Access-Token": token,
      "X-Xet-Token-Expiration": String(Math.floor(expiresAt / 1000)),
      "X-Xet-Session-Id": token,
    },
  };
}

export function writeToken(call: Call): Reply {
  const { hub, account } = call;
  const repo = repoOf(call);
  requireWrite(account, repo);
  const { token, expiresAt } = hub.xet.grant(repo, hub.now);
  return jsonReply({
    accessToken: token,
    casUrl: hub.addresses.storage,
    exp: Math.floor(expiresAt / 1000),
  });
}

/** No chunk is known from elsewhere. */
export function probeChunk({ hub, request }: Call): Reply {
  hub.xet.repoOf(request.headers.authorization, hub.now);
  return emptyReply(404);
}

export async function putXorb(call: Call): Promise<Reply> {
  const { hub, request } = call;
  hub.xet.repoOf(request.headers.authorization, hub.now);
  const bytes = await readBody(request, MOST_XORB_BYTES);
  return jsonReply({ was_inserted: hub.xet.addXorb(part(call, "hash"), bytes) });
}

/** Puts the files of a shard together. Those that have not the digest they promise are refused. */
export async function putShard({ hub, request }: Call): Promise<Reply> {
  const repo = hub.xet.repoOf(request.headers.authorization, hub.now);
  for (const file of readShard(await readBody(request, MOST_XORB_BYTES)))
    await keepFile(hub, repo, file);
  return jsonReply({ result: 1 });
}

async function keepFile(hub: Hub, repo: Repo, { sha256, terms }: ShardFile): Promise<void> {
  const bytes = Buffer.concat(
    terms.flatMap(({ xorb, start, end }) => hub.xet.chunks(xorb, start, end)),
  );
  const digest = createHash("sha256").update(bytes).digest("hex");
  if (digest !== sha256) throw new HubError(400, "The shard's file has another SHA-256.");
  const path = await hub.objects.begin();
  await writeFile(path, bytes);
  await hub.objects.keep(path, digest);
  repo.lfs.set(digest, bytes.length);
}
