// The builds kept for use without a network, and which of them is shown. That is a choice of its own:
// a service worker also answers with a newer build than the one it belongs to.

const PREFIX = "cairn-precache-";
const CHOICE = "cairn-chosen";

/** What one service worker sees of them. */
export class KeptBuilds {
  readonly #scope: string;
  readonly #own: string;
  /** Not the page's own URL, under which a page is looked for in all caches. */
  readonly #choiceUrl: string;

  /** @param own the version of the build that the service worker belongs to */
  constructor(scope: string, own: string) {
    this.#scope = scope;
    this.#own = own;
    this.#choiceUrl = `${scope}chosen-build`;
  }

  /** Where the own build is kept. */
  get cacheName(): string {
    return PREFIX + this.#own;
  }

  /** The version of the build that a reload shows; none when its page is not kept. */
  async shown(): Promise<string | undefined> {
    const choice = await this.#choice();
    if (choice !== undefined && (await findIn(choice, this.#scope)) !== undefined) return choice;
    return (await findIn(this.#own, this.#scope)) === undefined ? undefined : this.#own;
  }

  /** A file of the chosen build, else of the own, else of any. */
  async find(url: string): Promise<Response | undefined> {
    // These names tell the content, so one is as good as another.
    const isHashed = url.startsWith(`${this.#scope}assets/`);
    const choice = isHashed ? undefined : await this.#choice();
    return (
      (choice === undefined ? undefined : await findIn(choice, url)) ??
      (await findIn(this.#own, url)) ??
      (await caches.match(url, { ignoreVary: true }))
    );
  }

  /**
   * Makes the own build the one that every service worker shows. Of the older ones only the build
   * shown until now stays: a tab that still shows it may ask for its lazy chunks.
   */
  async choose(): Promise<void> {
    const before = await this.#choice();
    if (before === this.#own) return;
    const cache = await caches.open(CHOICE);
    // On a full disk no choice is better than the former: then each service worker shows its own build.
    await cache.put(this.#choiceUrl, new Response(this.#own)).catch(() => caches.delete(CHOICE));
    const kept = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
    const older = kept.slice(0, kept.indexOf(this.cacheName));
    const last = before === undefined ? older.at(-1) : PREFIX + before;
    await Promise.all(older.filter((name) => name !== last).map((name) => caches.delete(name)));
  }

  async #choice(): Promise<string | undefined> {
    const kept = await caches.match(this.#choiceUrl, { cacheName: CHOICE });
    return kept?.text();
  }
}

function findIn(version: string, url: string): Promise<Response | undefined> {
  return caches.match(url, { cacheName: PREFIX + version, ignoreVary: true });
}
