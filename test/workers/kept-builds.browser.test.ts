import { beforeEach, describe, expect, it } from "vitest";
import { KeptBuilds } from "../../workers/kept-builds.ts";

const SCOPE = new URL("/app/", location.href).href;
const PAGE = SCOPE;

beforeEach(async () => {
  for (const name of await caches.keys()) await caches.delete(name);
});

/** A service worker's view after its install: its page, and the files given, say who wrote them. */
async function install(version: string, files: readonly string[] = []): Promise<KeptBuilds> {
  const builds = new KeptBuilds(SCOPE, version);
  const cache = await caches.open(builds.cacheName);
  for (const path of ["", ...files]) await cache.put(SCOPE + path, new Response(version));
  return builds;
}

const read = async (builds: KeptBuilds, url: string): Promise<string | undefined> =>
  (await builds.find(url))?.text();
const keptBuilds = async (): Promise<string[]> =>
  (await caches.keys())
    .filter((name) => name !== "cairn-chosen")
    .map((name) => name.replace("cairn-precache-", ""));

describe("the build that is shown", () => {
  it("is the own one until one was chosen, then that in every service worker", async () => {
    const one = await install("one");
    const two = await install("two");
    expect([await one.shown(), await two.shown()]).toEqual(["one", "two"]);
    await two.choose();
    expect([await one.shown(), await two.shown()]).toEqual(["two", "two"]);
    expect(await read(one, PAGE)).toBe("two");
  });

  it("is the own one when the chosen one is gone, and none when that is gone too", async () => {
    const one = await install("one");
    const two = await install("two");
    await two.choose();
    await caches.delete(two.cacheName);
    expect(await one.shown()).toBe("one");
    expect(await read(one, PAGE)).toBe("one");
    await caches.delete(one.cacheName);
    expect(await one.shown()).toBeUndefined();
    expect(await read(one, PAGE)).toBeUndefined();
  });

  it("is a matter of each place on a host", async () => {
    const one = await install("one");
    const elsewhere = new KeptBuilds(new URL("/other/", location.href).href, "elsewhere");
    await elsewhere.choose();
    expect(await one.shown()).toBe("one");
  });
});

it("finds a file of the chosen build, else of the own, else of any", async () => {
  const one = await install("one", ["theme.js", "assets/a-1.js", "old.png"]);
  const two = await install("two", ["theme.js", "assets/b-2.js"]);
  await two.choose();
  const paths = ["theme.js", "old.png", "assets/a-1.js", "assets/b-2.js", "assets/c-3.js"];
  const found = ["two", "one", "one", "two", undefined];
  for (const builds of [one, two])
    expect(await Promise.all(paths.map((path) => read(builds, SCOPE + path)))).toEqual(found);
});

describe("choosing a build", () => {
  it("keeps the one shown until now, and no other older one", async () => {
    await (await install("one")).choose();
    await (await install("two")).choose();
    await install("never chosen");
    await (await install("four")).choose();
    expect(await keptBuilds()).toEqual(["two", "four"]);
  });

  it("keeps one that came later, as it waits for its turn", async () => {
    await (await install("one")).choose();
    const two = await install("two");
    await install("three");
    await two.choose();
    expect(await keptBuilds()).toEqual(["one", "two", "three"]);
  });

  it("a second time changes nothing", async () => {
    await (await install("one")).choose();
    const two = await install("two");
    await two.choose();
    await two.choose();
    expect(await keptBuilds()).toEqual(["one", "two"]);
  });
});
