import { expect, it } from "vitest";
import { deferred } from "../../../src/core/deferred.ts";
import { CairnError } from "../../../src/core/errors.ts";
import { Loader } from "../../../src/ui/state/resource.ts";

const ready = (value: string) => ({ phase: "ready", value });

it("loads, and fails with a problem", async () => {
  const loader = new Loader<string>();
  expect(loader.state.value).toEqual({ phase: "loading" });
  await loader.load(() => Promise.resolve("a"));
  expect(loader.state.value).toEqual(ready("a"));
  await loader.load(() => Promise.reject(new CairnError("storage_unavailable", { reason: "x" })));
  expect(loader.state.value).toEqual({
    phase: "failed",
    problem: { code: "storage_unavailable", data: { reason: "x" } },
  });
});

it("drops an answer that comes after a newer request was made", async () => {
  const loader = new Loader<string>();
  const old = deferred<string>();
  const late = loader.load(() => old.promise);
  await loader.load(() => Promise.resolve("new"));
  old.resolve("old");
  await late;
  expect(loader.state.value).toEqual(ready("new"));
});

it("drops a late failure, and a late answer while the newer one is awaited", async () => {
  const loader = new Loader<string>();
  const old = deferred<string>();
  const newer = deferred<string>();
  const first = loader.load(() => old.promise);
  const second = loader.load(() => newer.promise);
  old.reject(new Error("too late"));
  await first;
  expect(loader.state.value).toEqual({ phase: "loading" });
  newer.resolve("new");
  await second;
  expect(loader.state.value).toEqual(ready("new"));
});

it("keeps showing what it has while it refreshes", async () => {
  const loader = new Loader<string>();
  await loader.load(() => Promise.resolve("a"));
  const next = deferred<string>();
  const refreshed = loader.refresh(() => next.promise);
  expect(loader.state.value).toEqual(ready("a"));
  next.resolve("b");
  await refreshed;
  expect(loader.state.value).toEqual(ready("b"));
});

it("keeps showing what it has when a refresh fails, and shows a failure to load something else", async () => {
  const loader = new Loader<string>();
  await loader.load(() => Promise.resolve("a"));
  const refused = (): Promise<string> =>
    Promise.reject(new CairnError("storage_failed", { reason: "x" }));
  await loader.refresh(refused);
  expect(loader.state.value).toEqual(ready("a"));
  await loader.load(refused);
  expect(loader.state.value.phase).toBe("failed");
});

it("says when what it shows was deleted", async () => {
  const loader = new Loader<string>();
  await loader.load(() => Promise.resolve("a"));
  await loader.refresh(() => Promise.reject(new CairnError("in_trash", { name: "net:v0" })));
  expect(loader.state.value).toMatchObject({ phase: "failed", problem: { code: "in_trash" } });
  await loader.refresh(() => Promise.resolve("restored"));
  expect(loader.state.value).toEqual(ready("restored"));
});
