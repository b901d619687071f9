import { expect, test } from "vitest";
import { CairnError } from "../../../src/core/errors.ts";
import type { RemoteUid } from "../../../src/core/sync/remote.ts";
import type { Published, PublishRequest } from "../../../src/protocol/sync-api.ts";
import type { SyncHandle } from "../../../src/client/cairn.ts";
import { PublishState } from "../../../src/ui/publish/publish-state.ts";
import { fakeSync } from "../../support/fake-sync.ts";

const PUBLISHED: Published = {
  url: "https://ada-models-view.static.hf.space/",
  pageUrl: "https://huggingface.co/spaces/ada/models-view",
  commit: "0".repeat(40),
};
const DATASET = { uid: "r1" as RemoteUid, type: "dataset", repo: "ada/digit-models" } as const;

interface World {
  readonly remote?: ConstructorParameters<typeof PublishState>[0]["remote"];
  readonly kept?: Map<string, string>;
}

function open(
  publish: SyncHandle["publish"],
  { remote = DATASET, kept = new Map<string, string>() }: World = {},
): PublishState {
  return new PublishState({
    cairn: { sync: fakeSync({}, { publish }) },
    remote,
    ownFiles: () => Promise.resolve([{ path: "index.html", body: new Blob(["<p>"]) }]),
    home: null,
    storage: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
    },
  });
}

const never: SyncHandle["publish"] = () => Promise.reject(new Error("not asked for"));

test("a Space beside the data is proposed; for data in a Space that very one", () => {
  const beside = open(never);
  expect([beside.space.value, beside.title.value]).toEqual([
    "ada/digit-models-view",
    "Digit models",
  ]);
  expect(beside.isSameSpace).toBe(false);
  const same = open(never, { remote: { ...DATASET, type: "space" } });
  expect(same.space.value).toBe("ada/digit-models");
  expect(same.isSameSpace).toBe(true);
});

test("what can't be a Space, or has no title, isn't published", async () => {
  const state = open(never);
  state.space.value = "no owner";
  expect(state.nameProblem?.code).toBe("invalid_remote_name");
  await state.publish();
  expect(state.phase.value).toEqual({ kind: "asking", problem: null });
  state.space.value = "ada/view";
  state.title.value = "  ";
  expect(state.isReady).toBe(false);
});

test("it sends the app's own files, tells how far it is, and knows the Space the next time", async () => {
  const kept = new Map<string, string>();
  const asked: PublishRequest[] = [];
  const seen: string[] = [];
  const state: PublishState = open(
    (_remote, request, { onProgress }) => {
      asked.push(request);
      onProgress({
        step: "committing",
        subject: "",
        doneFiles: 0,
        totalFiles: 0,
        doneBytes: 0,
        totalBytes: 0,
        bytesPerSecond: null,
        secondsLeft: null,
      });
      const phase = state.phase.value;
      seen.push(phase.kind === "working" ? (phase.progress?.step ?? "") : phase.kind);
      return Promise.resolve(PUBLISHED);
    },
    { kept },
  );
  state.space.value = " ada/show ";
  await state.publish();
  expect(asked.map(({ space, title, files }) => [space, title, files.length])).toEqual([
    ["ada/show", "Digit models", 1],
  ]);
  expect(seen).toEqual(["committing"]);
  expect(state.phase.value).toEqual({ kind: "done", published: PUBLISHED });
  const next = open(never, { kept });
  expect([next.former, next.space.value]).toEqual(["ada/show", "ada/show"]);
  expect(open(never, { kept, remote: { ...DATASET, uid: "r2" as RemoteUid } }).former).toBeNull();
});

test("a refusal is shown where it was asked, and a cancel is none", async () => {
  const refused = open(() =>
    Promise.reject(new CairnError("not_public", { remote: "the dataset ada/digit-models" })),
  );
  await refused.publish();
  expect(refused.phase.value).toMatchObject({ kind: "asking", problem: { code: "not_public" } });
  expect(refused.former).toBeNull();

  const stopped: PublishState = open((_remote, _request, { signal }) => {
    stopped.cancel();
    expect(signal.aborted).toBe(true);
    return Promise.reject(new CairnError("aborted", {}));
  });
  await stopped.publish();
  expect(stopped.phase.value).toEqual({ kind: "asking", problem: null });
});
