// A project while changes are put behind its state: only what they touch is copied.
import type { ArtifactName, ProjectName } from "../names.ts";
import type { RunUid, VersionUid } from "../records.ts";
import { ArtifactDraft } from "./artifact-draft.ts";
import { MapDraft } from "./map-draft.ts";
import type { SharedArtifact, SharedProject, SharedRun, SharedVersion } from "./shared.ts";

/** Where a version is, by any id it has or had. */
interface Home {
  readonly artifact: ArtifactName;
  readonly uid: VersionUid;
}

export class ProjectDraft {
  readonly name: ProjectName;
  readonly runs: MapDraft<RunUid, SharedRun>;
  readonly #from: SharedProject;
  #createdAt: string;
  #deletedAt: string | null;
  readonly #artifacts: MapDraft<ArtifactName, SharedArtifact>;
  readonly #drafts = new Map<ArtifactName, ArtifactDraft>();
  /** Made when it is first asked for. */
  #homes: Map<VersionUid, Home> | null = null;

  constructor(project: SharedProject) {
    this.#from = project;
    this.name = project.name;
    this.#createdAt = project.createdAt;
    this.#deletedAt = project.deletedAt;
    this.#artifacts = new MapDraft(project.artifacts);
    this.runs = new MapDraft(project.runs);
  }

  /** The earlier of two beginnings counts. */
  begin(createdAt: string): void {
    if (Date.parse(createdAt) < Date.parse(this.#createdAt)) this.#createdAt = createdAt;
  }

  /** Deletes the project, unless something is live in it; `null` brings it back. */
  setDeleted(at: string | null): void {
    if (at === null) this.#deletedAt = null;
    else if (!this.#hasLive()) this.#deletedAt ??= at;
  }

  artifact(name: ArtifactName): ArtifactDraft | undefined {
    const known = this.#drafts.get(name);
    if (known !== undefined) return known;
    const artifact = this.#artifacts.get(name);
    if (artifact === undefined) return undefined;
    const draft = new ArtifactDraft(artifact);
    this.#drafts.set(name, draft);
    return draft;
  }

  addArtifact(artifact: SharedArtifact): void {
    this.#artifacts.set(artifact.name, artifact);
  }

  /** A version of an artifact by any id it has or had. */
  version(name: ArtifactName, uid: VersionUid): SharedVersion | undefined {
    const versions = this.#drafts.get(name)?.versions ?? this.#artifacts.get(name)?.versions;
    const found = versions?.get(uid);
    if (found !== undefined) return found;
    const home = this.home(uid);
    return home?.artifact === name ? versions?.get(home.uid) : undefined;
  }

  /** Where in the project a version is, by any id it has or had. */
  home(uid: VersionUid): Home | undefined {
    this.#homes ??= this.#findHomes();
    return this.#homes.get(uid);
  }

  /** Adds a version or changes it. What is live brings its project back. */
  put(name: ArtifactName, version: SharedVersion): void {
    this.artifact(name)?.put(version);
    if (version.deleted === null) this.#deletedAt = null;
    if (this.#homes !== null) addHomes(this.#homes, name, version);
  }

  /** The project now; the very one it came from where nothing changed. */
  finish(): SharedProject {
    for (const [name, draft] of this.#drafts) {
      const artifact = draft.finish();
      if (artifact !== this.#artifacts.get(name)) this.#artifacts.set(name, artifact);
    }
    const from = this.#from;
    const isSame =
      this.#createdAt === from.createdAt &&
      this.#deletedAt === from.deletedAt &&
      this.#artifacts.current === from.artifacts &&
      this.runs.current === from.runs;
    if (isSame) return from;
    return {
      name: this.name,
      createdAt: this.#createdAt,
      deletedAt: this.#deletedAt,
      artifacts: this.#artifacts.current,
      runs: this.runs.current,
    };
  }

  #hasLive(): boolean {
    for (const [name, { versions }] of this.#artifacts.current)
      for (const { deleted } of (this.#drafts.get(name)?.versions ?? versions).values())
        if (deleted === null) return true;
    return false;
  }

  #findHomes(): Map<VersionUid, Home> {
    const homes = new Map<VersionUid, Home>();
    for (const [name, { versions }] of this.#artifacts.current)
      for (const version of (this.#drafts.get(name)?.versions ?? versions).values())
        addHomes(homes, name, version);
    return homes;
  }
}

function addHomes(
  homes: Map<VersionUid, Home>,
  artifact: ArtifactName,
  { uid, twins }: SharedVersion,
): void {
  const home = { artifact, uid };
  homes.set(uid, home);
  for (const twin of twins) homes.set(twin, home);
}
