// Publishing a remote: what is asked, how far it is, where it can be seen.
import { signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { Cairn } from "../../client/cairn.ts";
import { isCairnError, problemOf, type Problem } from "../../core/errors.ts";
import { checkRepoName } from "../../core/sync/repo-name.ts";
import type {
  Published,
  PublishRequest,
  RemoteView,
  SyncProgress,
} from "../../protocol/sync-api.ts";

export type PublishPhase =
  | { readonly kind: "asking"; readonly problem: Problem | null }
  /** `null` before the first is known. */
  | { readonly kind: "working"; readonly progress: SyncProgress | null }
  | { readonly kind: "done"; readonly published: Published };

/** Which Space a remote was published to from this browser. */
const SPACES_KEY = "cairn-published-spaces";

interface PublishParts {
  readonly cairn: Pick<Cairn, "sync">;
  readonly remote: Pick<RemoteView, "uid" | "type" | "repo">;
  readonly ownFiles: (signal: AbortSignal) => Promise<PublishRequest["files"]>;
  /** Where this page is, for visitors; `null` where they can't reach it. */
  readonly home: string | null;
  readonly storage: Pick<Storage, "getItem" | "setItem">;
}

export class PublishState {
  readonly space: Signal<string>;
  readonly title: Signal<string>;
  /** The Space that a former publish made; `null` for none from here. */
  readonly former: string | null;
  readonly #phase = signal<PublishPhase>({ kind: "asking", problem: null });
  readonly #parts: PublishParts;
  #abort = new AbortController();

  constructor(parts: PublishParts) {
    this.#parts = parts;
    const { type, repo, uid } = parts.remote;
    this.former = spacesIn(parts.storage)[uid] ?? null;
    this.space = signal(this.former ?? (type === "space" ? repo : `${repo}-view`));
    this.title = signal(titleFor(repo));
  }

  get phase(): ReadonlySignal<PublishPhase> {
    return this.#phase;
  }

  /** What is wrong with the Space's name; `null` when it can be one. */
  get nameProblem(): Problem | null {
    return checkRepoName(this.space.value.trim());
  }

  get isReady(): boolean {
    return this.nameProblem === null && this.title.value.trim() !== "";
  }

  /** Whether the app goes where the data is. */
  get isSameSpace(): boolean {
    const { type, repo } = this.#parts.remote;
    return type === "space" && repo.toLowerCase() === this.space.value.trim().toLowerCase();
  }

  /** Publishes. Never rejects: what went wrong is in the phase. */
  async publish(): Promise<void> {
    if (!this.isReady || this.#phase.value.kind === "working") return;
    const { cairn, remote, ownFiles, home } = this.#parts;
    const space = this.space.value.trim();
    const title = this.title.value.trim();
    this.#abort = new AbortController();
    const { signal: aborted } = this.#abort;
    this.#phase.value = { kind: "working", progress: null };
    try {
      const files = await ownFiles(aborted);
      const request: PublishRequest = { space, title, home, files };
      const published = await cairn.sync.publish(remote.uid, request, {
        signal: aborted,
        onProgress: (progress) => {
          if (this.#phase.value.kind === "working")
            this.#phase.value = { kind: "working", progress };
        },
      });
      this.#remember(space);
      this.#phase.value = { kind: "done", published };
    } catch (error) {
      const problem = isCairnError(error, "aborted") ? null : problemOf(error);
      this.#phase.value = { kind: "asking", problem };
    }
  }

  cancel(): void {
    this.#abort.abort();
  }

  #remember(space: string): void {
    const { storage, remote } = this.#parts;
    try {
      const spaces = { ...spacesIn(storage), [remote.uid]: space };
      storage.setItem(SPACES_KEY, JSON.stringify(spaces));
    } catch {
      // Then the name is typed again next time.
    }
  }
}

function spacesIn(storage: PublishParts["storage"]): Readonly<Record<string, string>> {
  try {
    return JSON.parse(storage.getItem(SPACES_KEY) ?? "{}") as Readonly<Record<string, string>>;
  } catch {
    return {};
  }
}

/** `ada/digit-nets` is about “Digit nets”. */
function titleFor(repo: string): string {
  const words = (repo.split("/")[1] ?? "").replaceAll(/[-_.]+/g, " ").trim();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
