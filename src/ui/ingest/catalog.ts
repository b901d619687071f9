// What names exist already: for suggestions, type checks and look-alike warnings.
import { signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { isCairnError } from "../../core/errors.ts";
import type { Cairn } from "../../client/cairn.ts";
import type { ProjectRecord } from "../../core/records.ts";
import type { VersionNumber } from "../../core/version.ts";

/** An artifact that exists. */
export interface KnownArtifact {
  readonly name: string;
  readonly type: string;
  readonly latest: VersionNumber;
}

export class Catalog {
  readonly #cairn: Cairn;
  readonly #projects = signal<readonly ProjectRecord[]>([]);
  readonly #artifacts = new Map<string, Signal<readonly KnownArtifact[]>>();
  readonly #stop: () => void;

  constructor(cairn: Cairn) {
    this.#cairn = cairn;
    this.#stop = cairn.onChange((notice) => {
      if (notice.kind !== "changed") return;
      void this.#loadProjects();
      const known = this.#artifacts.get(notice.project);
      if (known !== undefined) void this.#loadArtifacts(notice.project, known);
    });
    void this.#loadProjects();
  }

  get projects(): ReadonlySignal<readonly ProjectRecord[]> {
    return this.#projects;
  }

  /** The project that changed last, or `null` in an empty store. */
  get lastUsedProject(): string | null {
    const [last] = this.#projects.value.toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt));
    return last?.name ?? null;
  }

  /** The artifacts of a project; empty until they are known, and for a project that doesn't exist. */
  artifactsOf(project: string): ReadonlySignal<readonly KnownArtifact[]> {
    let known = this.#artifacts.get(project);
    if (known === undefined) {
      this.#artifacts.set(project, (known = signal([])));
      void this.#loadArtifacts(project, known);
    }
    return known;
  }

  dispose(): void {
    this.#stop();
  }

  // Names are a help, not a need: when they can't be had, the commit itself says what is wrong.
  async #loadProjects(): Promise<void> {
    try {
      this.#projects.value = await this.#cairn.store.listProjects();
    } catch (error) {
      if (!isCairnError(error)) throw error;
    }
  }

  async #loadArtifacts(project: string, known: Signal<readonly KnownArtifact[]>): Promise<void> {
    try {
      const summaries = await this.#cairn.store.listArtifacts(project);
      known.value = summaries.map(({ artifact, latest }) => ({
        name: artifact.name,
        type: artifact.type,
        latest: latest.number,
      }));
    } catch (error) {
      if (!isCairnError(error)) throw error;
      known.value = [];
    }
  }
}
