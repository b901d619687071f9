// When a newer build is offered: whatever the order in which the browser tells of its workers.
import { expect, test, vi } from "vitest";
import { deferred } from "../../../src/core/deferred.ts";
import { UpdateWatch, type UpdateParts } from "../../../src/ui/pwa/watch-updates.ts";

const HOUR = 60 * 60 * 1000;

class FakeWorker extends EventTarget {
  readonly build: string;
  state: ServiceWorkerState;

  constructor(build: string, state: ServiceWorkerState = "installed") {
    super();
    this.build = build;
    this.state = state;
  }

  become(state: ServiceWorkerState): void {
    this.state = state;
    this.dispatchEvent(new Event("statechange"));
  }
}

class FakeRegistration extends EventTarget {
  active: FakeWorker | null = new FakeWorker("own", "activated");
  installing: FakeWorker | null = null;
  waiting: FakeWorker | null = null;
  readonly update = vi.fn<() => Promise<void>>(() => Promise.resolve());

  find(): void {
    this.dispatchEvent(new Event("updatefound"));
  }
}

interface Watched {
  readonly registration: FakeRegistration;
  readonly time: { now: number; isSeen: boolean };
  open(parts?: Partial<UpdateParts<FakeWorker>>): UpdateWatch<FakeWorker>;
  /** How often a newer build was offered, once all answers are there. */
  offers(): Promise<number>;
}

function aPage(): Watched {
  const registration = new FakeRegistration();
  const onReady = vi.fn<() => void>();
  const time = { now: 0, isSeen: true };
  return {
    registration,
    time,
    open: (parts) =>
      new UpdateWatch({
        registration,
        ownBuild: "own",
        buildOf: ({ build }) => Promise.resolve(build),
        isSeen: () => time.isSeen,
        now: () => time.now,
        onReady,
        ...parts,
      }),
    async offers() {
      await new Promise((resolve) => setImmediate(resolve));
      return onReady.mock.calls.length;
    },
  };
}

test("one that waits already is offered", async () => {
  const page = aPage();
  page.registration.waiting = new FakeWorker("next");
  page.open();
  expect(await page.offers()).toBe(1);
});

test("one that comes while the page is open is offered when all of it is there, once", async () => {
  const page = aPage();
  const watch = page.open();
  const worker = new FakeWorker("next", "installing");
  page.registration.installing = worker;
  page.registration.find();
  watch.look();
  expect(await page.offers()).toBe(0);
  page.registration.installing = null;
  page.registration.waiting = worker;
  worker.become("installed");
  watch.look();
  expect(await page.offers()).toBe(1);
  watch.look();
  expect(await page.offers()).toBe(1);
});

test("one that was being fetched when the page opened is offered", async () => {
  const page = aPage();
  const worker = new FakeWorker("next", "installing");
  page.registration.installing = worker;
  page.open();
  worker.become("installed");
  expect(await page.offers()).toBe(1);
});

test("one whose place or state the page hears of late is offered", async () => {
  const inOldPlace = aPage();
  inOldPlace.registration.installing = new FakeWorker("next");
  inOldPlace.open();
  expect(await inOldPlace.offers()).toBe(1);

  const inNewPlace = aPage();
  const worker = new FakeWorker("next", "installing");
  inNewPlace.registration.waiting = worker;
  inNewPlace.open();
  worker.become("installed");
  expect(await inNewPlace.offers()).toBe(1);

  const doneWhenFound = aPage();
  doneWhenFound.open();
  doneWhenFound.registration.waiting = new FakeWorker("next");
  doneWhenFound.registration.find();
  expect(await doneWhenFound.offers()).toBe(1);
});

test("one that the browser never told of is found by the next look", async () => {
  const page = aPage();
  const watch = page.open();
  page.registration.waiting = new FakeWorker("next");
  expect(await page.offers()).toBe(0);
  watch.look();
  expect(await page.offers()).toBe(1);
});

test("neither the first worker nor one whose build is shown is offered", async () => {
  const first = aPage();
  first.registration.active = null;
  first.registration.waiting = new FakeWorker("next");
  first.open().look();
  expect(await first.offers()).toBe(0);

  const shown = aPage();
  shown.registration.waiting = new FakeWorker("own");
  const buildOf = vi.fn<UpdateParts<FakeWorker>["buildOf"]>(() => Promise.resolve("own"));
  const watch = shown.open({ buildOf });
  expect(await shown.offers()).toBe(0);
  watch.look();
  expect(await shown.offers()).toBe(0);
  // What it has is known by now.
  expect(buildOf).toHaveBeenCalledTimes(1);
});

test("a worker that gave no answer is asked again, and a late answer counts", async () => {
  const page = aPage();
  page.registration.waiting = new FakeWorker("next");
  const late = deferred<string>();
  const buildOf = vi
    .fn<UpdateParts<FakeWorker>["buildOf"]>()
    .mockReturnValueOnce(late.promise)
    .mockReturnValueOnce(deferred<string>().promise);
  const watch = page.open({ buildOf });
  watch.look();
  expect(buildOf).toHaveBeenCalledTimes(2);
  expect(await page.offers()).toBe(0);
  late.resolve("next");
  expect(await page.offers()).toBe(1);
});

test("a tab left open asks the server each hour while it is seen, and again when nobody was reached", async () => {
  const page = aPage();
  const info = vi.spyOn(console, "info").mockImplementation(() => undefined);
  const { update } = page.registration;
  const watch = page.open();
  const looksAt = async (now: number): Promise<number> => {
    page.time.now = now;
    watch.look();
    await page.offers();
    return update.mock.calls.length;
  };
  expect(await looksAt(HOUR - 1)).toBe(0);
  page.time.isSeen = false;
  expect(await looksAt(HOUR)).toBe(0);
  page.time.isSeen = true;
  update.mockRejectedValueOnce(new TypeError("Failed to fetch"));
  expect(await looksAt(HOUR)).toBe(1);
  expect(await looksAt(HOUR + 1)).toBe(2);
  expect(await looksAt(2 * HOUR)).toBe(2);
  expect(await looksAt(2 * HOUR + 1)).toBe(3);
  info.mockRestore();
});
