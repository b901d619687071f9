// Notices a newer build: one that waits already, one that comes while the page is open, one that the server has since.

/** How often, at most, a tab that is left open asks the server. */
const ASK_SERVER_MS = 60 * 60 * 1000;
/** How often a tab looks whether a newer build waits that it wasn't told of. */
const LOOK_MS = 30_000;

/** What is asked of a service worker. */
type WatchedWorker = Pick<ServiceWorker, "state"> & EventTarget;

/** What is asked of a registration. */
export interface WatchedRegistration<Worker extends WatchedWorker> extends EventTarget {
  readonly active: Worker | null;
  readonly installing: Worker | null;
  readonly waiting: Worker | null;
  update(): Promise<unknown>;
}

/** What the watch is made of; tests give their own. */
export interface UpdateParts<Worker extends WatchedWorker> {
  readonly registration: WatchedRegistration<Worker>;
  /** The version of the build this page is of. */
  readonly ownBuild: string | undefined;
  /** The version of a worker's build. It may never answer. */
  readonly buildOf: (worker: Worker) => Promise<string | undefined>;
  readonly isSeen: () => boolean;
  readonly now: () => number;
  /** A newer build waits. Called once. */
  readonly onReady: () => void;
}

export class UpdateWatch<Worker extends WatchedWorker> {
  readonly #parts: UpdateParts<Worker>;
  /** Workers whose state is listened to. */
  readonly #followed = new WeakSet<Worker>();
  /** Workers that said which build they have. */
  readonly #answered = new WeakSet<Worker>();
  #askedServerAt: number;
  #isReady = false;

  /** Begins at once: what came before the page's script ran is noticed, too. */
  constructor(parts: UpdateParts<Worker>) {
    this.#parts = parts;
    this.#askedServerAt = parts.now();
    parts.registration.addEventListener("updatefound", () => this.#lookAtWorkers());
    this.#lookAtWorkers();
  }

  /** Looks again, at whatever was missed, got no answer, or is on the server by now. */
  look(): void {
    this.#lookAtWorkers();
    this.#askServer().catch(report);
  }

  #lookAtWorkers(): void {
    const { installing, waiting } = this.#parts.registration;
    // One that is done may be in the other's place still, and one in its new place say that it isn't.
    for (const worker of [installing, waiting]) if (worker !== null) this.#follow(worker);
  }

  #follow(worker: Worker): void {
    if (!this.#followed.has(worker)) {
      this.#followed.add(worker);
      worker.addEventListener("statechange", () => void this.#askWorker(worker).catch(report));
    }
    this.#askWorker(worker).catch(report);
  }

  /** An answer counts whenever it comes; one that doesn't come is asked for by the next look. */
  async #askWorker(worker: Worker): Promise<void> {
    const { registration, buildOf, ownBuild, onReady } = this.#parts;
    // Without an active one the worker that waits is the first, and about to start by itself.
    if (worker.state !== "installed" || registration.active === null) return;
    if (this.#isReady || this.#answered.has(worker)) return;
    const build = await buildOf(worker);
    this.#answered.add(worker);
    // One goes on waiting when its build is shown already, until the last tab is closed.
    if (build === ownBuild || this.#isReady) return;
    this.#isReady = true;
    onReady();
  }

  async #askServer(): Promise<void> {
    const { registration, isSeen, now } = this.#parts;
    const before = this.#askedServerAt;
    if (!isSeen() || now() - before < ASK_SERVER_MS) return;
    this.#askedServerAt = now();
    try {
      await registration.update();
    } catch (error) {
      // Nobody was reached: the next look tries again.
      this.#askedServerAt = before;
      throw error;
    }
  }
}

/** Has a page's watch look now and then, and when the tab comes back: while it is frozen it is told nothing. */
export function lookOften(watch: { look(): void }): void {
  const look = (): void => watch.look();
  setInterval(look, LOOK_MS);
  document.addEventListener("visibilitychange", look);
  addEventListener("pageshow", look);
}

/** Offline, a host that is gone: the app works all the same. */
function report(error: unknown): void {
  console.info("no look for a newer build:", error);
}
