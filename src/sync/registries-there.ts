// What an index has to say of registries, found in their own files where the index can't be read.
import { readLogHead, type LogHead } from "../core/registry/log-file.ts";
import type { RegistryUid } from "../core/registry/records.ts";
import type { RemoteRegistry } from "../core/sync/files.ts";
import { REGISTRY_FOLDER, registryHeadPath, registryPartPath } from "../core/sync/layout.ts";
import type { CommitOid } from "../hub/hub.ts";
import { inLanes } from "../service/care/lanes.ts";
import { READ_LANES, type Run } from "./round-run.ts";

const PART_NAME = /\/([^/]+)\/\d{5,}\.jsonl$/;

/** Registries whose head can be read. What their logs say is checked when they are brought in. */
export async function registriesThere(
  run: Run,
  commit: CommitOid,
): Promise<ReadonlyMap<RegistryUid, RemoteRegistry>> {
  await run.step("list-registries");
  const parts = new Map<RegistryUid, number>();
  for await (const { path } of run.hub.list(commit, REGISTRY_FOLDER, run.signal)) {
    const registry = PART_NAME.exec(path)?.[1] as RegistryUid | undefined;
    if (registry !== undefined) parts.set(registry, (parts.get(registry) ?? 0) + 1);
  }
  const found = new Map<RegistryUid, RemoteRegistry>();
  await inLanes(READ_LANES, parts, async ([registry, count]) => {
    const read = (path: string): Promise<string | null> =>
      run.hub.readText(commit, path, run.signal);
    const head = findHead(await read(registryHeadPath(registry)));
    if (head?.registry !== registry) return;
    const { name, events, head: last } = head;
    const digests: RemoteRegistry["parts"][number][] = [];
    for (let part = 0; part < count; part += 1)
      digests.push(
        run.sync.hasher.hashText([(await read(registryPartPath(registry, part))) ?? ""]),
      );
    found.set(registry, { name, events, head: last, parts: digests });
  });
  return found;
}

function findHead(text: string | null): LogHead | null {
  try {
    const head = text === null ? null : readLogHead(JSON.parse(text));
    return head === null || "reason" in head ? null : head;
  } catch {
    return null;
  }
}
