// Looks at a repository step by step without changing it, and says what stands in the way of syncing.
import { describeError, isCairnError, problemOf } from "../core/errors.ts";
import type { HubFailure } from "../core/sync/hub-failure.ts";
import { labelOf, type RemoteTarget } from "../core/sync/remote.ts";
import type { Hub, HubRequest } from "../hub/hub.ts";
import type { ConnectionReport, ConnectionStep, HubIdentity } from "../protocol/sync-api.ts";
import { checkTarget } from "./check-target.ts";
import type { SyncCtx } from "./context.ts";
import type { Identities } from "./identities.ts";
import { indexThere, type IndexThere } from "./read-index.ts";
import { seenOf } from "./seen.ts";

/** An object no repository has: to ask where it may be sent to is to ask whether one may write. */
const NO_OBJECT = { sha256: "ca".repeat(32), sizeBytes: 1 };
/** Files of versions lie there, so this one would be taken as they are. */
const A_VERSION_FILE = "artifacts/cairn/connection-test/v0/file";

/** Throws `invalid_remote_name`; whatever else is wrong is in the report. */
export async function testConnection(
  sync: SyncCtx,
  identities: Identities,
  wanted: RemoteTarget,
): Promise<ConnectionReport> {
  const target = checkTarget(wanted);
  const test = new ConnectionTest(sync, identities, target);
  await test.run();
  const seen = test.index === null ? null : seenOf(test.index);
  return {
    steps: test.steps,
    projects: seen?.projects ?? [],
    registries: [...(seen?.registries ?? [])].map(([uid, name]) => ({ uid, name })),
    exists: test.exists,
    mayWrite: test.mayWrite,
  };
}

class ConnectionTest {
  readonly steps: ConnectionStep[] = [];
  exists = false;
  mayWrite = false;
  index: IndexThere["index"] = null;
  readonly #hub: Hub;
  readonly #identities: Identities;
  readonly #target: RemoteTarget;
  readonly #label: string;
  readonly #hasher: SyncCtx["hasher"];
  readonly #signal = new AbortController().signal;
  #requestId: string | null = null;

  constructor(sync: SyncCtx, identities: Identities, target: RemoteTarget) {
    this.#identities = identities;
    this.#target = target;
    this.#label = labelOf(target);
    this.#hasher = sync.hasher;
    this.#hub = sync.openHub(target, (request: HubRequest) => {
      this.#requestId = request.requestId;
    });
  }

  async run(): Promise<void> {
    const who = await this.#askWho();
    if (who === undefined) return this.#skip("repository", "write", "layout", "lfs");
    if (!(await this.#findRepository(who))) return;
    await this.#askToWrite(who);
    await this.#readIndex();
    await this.#askLfs();
  }

  /** `undefined` where the hub can't be reached. */
  async #askWho(): Promise<HubIdentity | null | undefined> {
    const host = new URL(this.#target.hubUrl).host;
    try {
      const who = await this.#identities.whoIs(this.#target.hubUrl);
      if (who === null) {
        // Nobody was asked yet.
        await this.#hub.repoInfo(this.#signal).catch((error: unknown) => {
          if (isAway(error)) throw error;
        });
        this.#note("reach", "good", `${host} answers.`);
        this.#note("sign-in", "skipped", "Nobody is signed in: only what is public can be read.");
        return null;
      }
      this.#note("reach", "good", `${host} answers.`);
      this.#note("sign-in", "good", `You are signed in as ${who.fullName ?? who.name}.`);
      return who;
    } catch (error) {
      this.#fail("reach", error);
      this.#skip("sign-in");
      return undefined;
    }
  }

  async #findRepository(who: HubIdentity | null): Promise<boolean> {
    try {
      const { exists, isPrivate } = await this.#hub.repoInfo(this.#signal);
      this.exists = exists;
      if (exists) {
        const seenBy = isPrivate === true ? "private" : "public";
        this.#note("repository", "good", `${capital(this.#label)} is there, and ${seenBy}.`);
        return true;
      }
      const text = `${capital(this.#label)} isn't there yet. It can be made when you connect.`;
      this.#note("repository", "skipped", text);
      this.#guessToWrite(who);
      this.#skip("layout", "lfs");
      return false;
    } catch (error) {
      this.#fail("repository", error);
      this.#skip("write", "layout", "lfs");
      return false;
    }
  }

  /** Of a repository that isn't there only its owner can be judged. */
  #guessToWrite(who: HubIdentity | null): void {
    const [owner = ""] = this.#target.repo.split("/");
    const mayMake = who !== null && who.role !== "read" && [who.name, ...who.orgs].includes(owner);
    this.mayWrite = mayMake;
    if (mayMake) this.#note("write", "good", `You can make repositories of ${owner}.`);
    else
      this.#note(
        "write",
        "bad",
        who === null
          ? "Sign in to make it."
          : `Your sign-in as ${who.name} can't make repositories of ${owner}.`,
      );
  }

  async #askToWrite(who: HubIdentity | null): Promise<void> {
    if (who === null) {
      this.#note("write", "skipped", "Without a sign-in you can pull, and not push.");
      return;
    }
    try {
      await this.#hub.planUploads([NO_OBJECT], this.#signal);
      this.mayWrite = true;
      this.#note("write", "good", "You may write to it.");
    } catch (error) {
      this.#fail("write", error);
    }
  }

  async #readIndex(): Promise<void> {
    try {
      const { index, unreadable } = await indexThere(this.#hub, this.#hasher, this.#signal);
      if (unreadable !== null) {
        const way = "The first round makes it anew from the log.";
        this.#note("layout", "good", `${unreadable.message} ${way}`);
        return;
      }
      if (index === null) {
        this.#note("layout", "good", "Nothing is synced there yet.");
        return;
      }
      this.index = index;
      const { projects, registries } = seenOf(this.index);
      const what = [count(projects.length, "project"), count(registries.size, "registry")];
      this.#note("layout", "good", `Cairn syncs there already: ${what.join(" and ")}.`);
    } catch (error) {
      this.#fail("layout", error);
    }
  }

  /** Before the first round there are no patterns that could be asked about. */
  async #askLfs(): Promise<void> {
    if (this.index === null || !this.mayWrite) return this.#skip("lfs");
    try {
      if (await this.#hub.isLfs(A_VERSION_FILE, this.#signal))
        this.#note("lfs", "good", "Files of versions are kept as large files.");
      else
        this.#note(
          "lfs",
          "bad",
          "Files of versions would be kept in git itself: “.gitattributes” there lacks Cairn's lines.",
        );
    } catch (error) {
      this.#fail("lfs", error);
    }
  }

  #note(what: ConnectionStep["what"], state: ConnectionStep["state"], text: string): void {
    this.steps.push({ what, state, text, requestId: this.#requestId });
    this.#requestId = null;
  }

  #fail(what: ConnectionStep["what"], error: unknown): void {
    if (isCairnError(error, "hub_failed")) this.#requestId = error.data.requestId;
    this.#note(what, "bad", describeError(problemOf(error)));
  }

  #skip(...steps: readonly ConnectionStep["what"][]): void {
    for (const what of steps) this.#note(what, "skipped", SKIPPED[what]);
  }
}

const SKIPPED: Readonly<Record<ConnectionStep["what"], string>> = {
  reach: "Not tried.",
  "sign-in": "Not tried.",
  repository: "Not tried.",
  write: "Not tried.",
  layout: "Nothing to look at yet.",
  lfs: "It is looked at once something is synced there.",
};

const AWAY: ReadonlySet<HubFailure> = new Set(["offline", "timeout", "server", "odd_answer"]);

/** Whether there is no hub to talk to. */
function isAway(error: unknown): boolean {
  return !isCairnError(error, "hub_failed") || AWAY.has(error.data.kind);
}

function count(number: number, what: "project" | "registry"): string {
  if (number === 1) return `1 ${what}`;
  return `${number} ${what === "registry" ? "registries" : "projects"}`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
