// A repository as a test looks at it: past the browsers that sync with it.
import type { DeviceId } from "../../src/core/sync/shared.ts";
import { readIndex } from "../../src/core/sync/file-texts.ts";
import type { RemoteIndex } from "../../src/core/sync/files.ts";
import { INDEX_PATH } from "../../src/core/sync/layout.ts";
import type { RemoteTarget } from "../../src/core/sync/remote.ts";
import { createHub } from "../../src/hub/create-hub.ts";
import type { CommitOp, TreeEntry } from "../../src/hub/hub.ts";
import { NEVER } from "./devices.ts";

export interface RepoView {
  /** Every file at the head. */
  files(): Promise<ReadonlyMap<string, TreeEntry>>;
  /** Paths at the head that begin so. */
  paths(start: string): Promise<readonly string[]>;
  text(path: string): Promise<string>;
  index(): Promise<RemoteIndex>;
  /** How many rounds of a device are in the index. */
  roundsOf(device: DeviceId): Promise<number>;
  /** Commits past everybody. */
  commit(...ops: readonly CommitOp[]): Promise<void>;
}

export function viewRepo(target: RemoteTarget): RepoView {
  const client = createHub({ target, token: () => "hf_ada", pace: { retryMs: 1 } });
  const head = async (): Promise<string> =>
    (await client.readHead(INDEX_PATH, NEVER)).commit ?? "none";
  const view: RepoView = {
    async files() {
      const found = new Map<string, TreeEntry>();
      for await (const entry of client.list(await head(), "", NEVER))
        if (entry.type === "file") found.set(entry.path, entry);
      return found;
    },
    paths: async (start) =>
      [...(await view.files()).keys()].filter((path) => path.startsWith(start)).toSorted(),
    text: async (path) => (await client.readText(await head(), path, NEVER)) ?? "",
    index: async () => readIndex(await view.text(INDEX_PATH), "the test's"),
    roundsOf: async (device) => (await view.index()).devices.get(device)?.rounds ?? 0,
    async commit(...ops) {
      const parent = await head();
      await client.commit({ title: "somebody's", description: "", ops, parent }, NEVER);
    },
  };
  return view;
}
