// A hand-made Cairn for tests of the drop-to-commit states: it stages when told to.
import type { Cairn } from "../../../src/client/cairn.ts";
import type { Digest } from "../../../src/core/digest.ts";
import type { Problem } from "../../../src/core/errors.ts";
import type { IngestUid } from "../../../src/core/records.ts";
import type { ChangeNotice } from "../../../src/protocol/changes.ts";
import type {
  DraftComparison,
  DraftEntries,
  FileId,
  IngestNotice,
  LogResult,
  StageRequest,
} from "../../../src/protocol/ingest.ts";
import type { ArtifactSummary } from "../../../src/protocol/browse-api.ts";
import type { StoreApi } from "../../../src/protocol/store-api.ts";
import { fakeStore } from "../../support/fake-store.ts";
import { fakeSync } from "../../support/fake-sync.ts";
import type { DraftInput } from "../../../src/core/draft.ts";
import { anArtifact, aProject, aVersion } from "./records.ts";

function unused(): never {
  throw new Error("this test doesn't expect that call");
}

export interface FakeIngest {
  readonly uid: IngestUid;
  readonly requests: StageRequest[];
  readonly unstaged: FileId[];
  readonly notify: (notice: Partial<IngestNotice>) => void;
  isCancelled: boolean;
  resumed: number;
}

export class FakeCairn implements Cairn {
  readonly ingests: FakeIngest[] = [];
  readonly commits: { readonly draft: DraftInput; readonly entries: DraftEntries }[] = [];
  /** Stages everything as soon as it comes. */
  stagesAtOnce = true;
  known: { name: string; type: string; latest: number }[] = [];
  compare: (entries: DraftEntries) => Promise<DraftComparison> = (entries) =>
    Promise.resolve({
      existing: null,
      sameAs: null,
      marks: new Uint8Array(entries.paths.length).fill(1),
      removed: [],
      newBytes: 1,
    });
  commit: () => Promise<Partial<LogResult>> = () => Promise.resolve({});
  open: () => Promise<void> = () => Promise.resolve();
  compared = 0;
  readonly startedFrom: Digest[] = [];
  readonly dataWasLost = false;
  readonly sync = fakeSync({});
  readonly shows = null;
  persisted: boolean | null = false;
  askedToPersist = 0;
  readonly #listeners = new Set<(notice: ChangeNotice) => void>();

  readonly store: StoreApi = fakeStore({
    listProjects: () => Promise.resolve(this.known.length === 0 ? [] : [aProject("digits")]),
    listArtifacts: () =>
      Promise.resolve(
        this.known.map(({ name, type, latest }): ArtifactSummary => ({
          artifact: anArtifact(name, type),
          latest: aVersion(latest),
          aliases: [],
        })),
      ),
    openIngest: async (onNotice) => {
      await this.open();
      const uid = `ingest-${this.ingests.length}` as IngestUid;
      this.ingests.push({
        uid,
        requests: [],
        unstaged: [],
        isCancelled: false,
        resumed: 0,
        notify: (notice) =>
          onNotice({ staged: [], failed: [], active: [], doneBytes: 0, halted: null, ...notice }),
      });
      return uid;
    },
    startFrom: (_uid, manifest) => {
      this.startedFrom.push(manifest);
      return Promise.resolve();
    },
    stageFiles: (uid, files) => {
      const ingest = this.#ingest(uid);
      ingest.requests.push(...files);
      if (this.stagesAtOnce)
        queueMicrotask(() => ingest.notify({ staged: files.map((file) => file.id) }));
      return Promise.resolve();
    },
    resumeIngest: (uid) => {
      this.#ingest(uid).resumed++;
      return Promise.resolve();
    },
    unstageFiles: (uid, ids) => {
      this.#ingest(uid).unstaged.push(...ids);
      return Promise.resolve();
    },
    compareDraft: (_uid, _target, entries) => {
      this.compared++;
      return this.compare(entries);
    },
    commitDraft: async (_uid, draft, entries) => {
      this.commits.push({ draft, entries });
      const result = await this.commit();
      return {
        project: aProject(draft.project).name,
        name: anArtifact(draft.name, draft.type).name,
        version: aVersion(0),
        created: true,
        moves: [],
        detailsIgnored: false,
        healed: false,
        twinInTrash: null,
        ...result,
      };
    },
    cancelIngest: (uid) => {
      this.#ingest(uid).isCancelled = true;
      return Promise.resolve();
    },
  });
  readonly canSaveToFolder = false;
  downloadFile = unused;
  downloadZip = unused;
  verify = unused;
  identify = unused;
  pickFolder = unused;
  saveToFolder = unused;

  onChange(listener: (notice: ChangeNotice) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  storageState() {
    return Promise.resolve({ usageBytes: 10, quotaBytes: 1_000, persisted: this.persisted });
  }

  askToPersist() {
    this.askedToPersist++;
    return Promise.resolve(true);
  }

  /** The paths sent to the only ingest. */
  get sentPaths(): readonly string[] {
    return this.only.requests.map((request) => request.path);
  }

  get only(): FakeIngest {
    const [first] = this.ingests;
    if (first === undefined) throw new Error("no ingest was opened");
    return first;
  }

  fail(path: string, problem: Problem): void {
    const request = this.only.requests.find((other) => other.path === path);
    if (request === undefined) throw new Error(`${path} was not sent`);
    this.only.notify({ failed: [{ id: request.id, problem }] });
  }

  #ingest(uid: IngestUid): FakeIngest {
    const ingest = this.ingests.find((other) => other.uid === uid);
    if (ingest === undefined) throw new Error(`no ingest ${uid}`);
    return ingest;
  }
}
