// The rules of the model once more, as plainly as can be: what Cairn should do, in maps and nothing else.
import type { View, ViewedVersion } from "./view.ts";

/** Contents are told apart by a letter; equal letters are equal files. */
export type Content = string;

interface Version {
  readonly content: Content;
  readonly tags: readonly string[];
}

interface Artifact {
  readonly project: string;
  readonly name: string;
  last: number;
  readonly live: Map<number, Version>;
  readonly aliases: Map<string, number>;
}

interface Buried {
  readonly artifact: Artifact;
  readonly number: number;
  readonly version: Version;
  readonly aliases: readonly string[];
}

interface TrashEntry {
  readonly project: string;
  readonly isProject: boolean;
  readonly buried: readonly Buried[];
}

export interface Logged {
  readonly number: number;
  readonly created: boolean;
}

/** The state that a sequence of operations leads to. */
export class Oracle {
  readonly #artifacts = new Map<string, Artifact>();
  readonly #projects = new Set<string>();
  /** By the uid that Cairn gave the entry. */
  readonly trash = new Map<string, TrashEntry>();
  /** `run version direction` in names; each run is its own, though they share a name. */
  readonly #edges: string[] = [];

  openProject(project: string): void {
    this.#projects.add(project);
  }

  log(project: string, name: string, content: Content, aliases: readonly string[]): Logged {
    this.#projects.add(project);
    const artifact = this.#open(project, name);
    const same = [...artifact.live].filter(([, version]) => version.content === content);
    const known = same
      .map(([number]) => number)
      .toSorted((a, b) => a - b)
      .at(-1);
    const number = known ?? artifact.last + 1;
    if (known === undefined) {
      artifact.last = number;
      artifact.live.set(number, { content, tags: [] });
    }
    for (const alias of aliases) artifact.aliases.set(alias, number);
    return { number, created: known === undefined };
  }

  /** Whether the version is there to be named. */
  has(project: string, name: string, number: number): boolean {
    return this.#find(project, name)?.live.has(number) === true;
  }

  resolve(project: string, name: string, selector: string): number | undefined {
    const artifact = this.#find(project, name);
    if (artifact === undefined) return undefined;
    return selector === "latest" ? latestOf(artifact) : artifact.aliases.get(selector);
  }

  setAlias(project: string, name: string, number: number, alias: string): void {
    this.#find(project, name)?.aliases.set(alias, number);
  }

  removeAlias(project: string, name: string, alias: string): boolean {
    return this.#find(project, name)?.aliases.delete(alias) === true;
  }

  tag(project: string, name: string, number: number, tags: readonly string[]): void {
    const artifact = this.#find(project, name);
    const version = artifact?.live.get(number);
    if (version !== undefined) artifact?.live.set(number, { ...version, tags });
  }

  use(run: string, project: string, name: string, number: number): void {
    this.#edges.push(`${run} ${project}/${name}:v${number} input`);
  }

  /** The aliases that stand in the way of deleting without saying so [A6]. */
  aliasesOn(project: string, name: string, number: number): readonly string[] {
    return heldBy(this.#find(project, name), number);
  }

  deleteVersion(uid: string, project: string, name: string, number: number): void {
    const artifact = this.#find(project, name);
    if (artifact === undefined) return;
    this.trash.set(uid, { project, isProject: false, buried: [bury(artifact, number)] });
  }

  deleteArtifact(uid: string, project: string, name: string): void {
    const artifact = this.#find(project, name);
    if (artifact === undefined) return;
    this.trash.set(uid, { project, isProject: false, buried: buryAll(artifact) });
  }

  deleteProject(uid: string, project: string): void {
    this.#projects.delete(project);
    const buried = this.#artifactsOf(project).flatMap(buryAll);
    this.trash.set(uid, { project, isProject: true, buried });
  }

  restore(uid: string): void {
    const entry = this.trash.get(uid);
    this.trash.delete(uid);
    if (entry === undefined) return;
    this.#projects.add(entry.project);
    for (const { artifact, number, version, aliases } of entry.buried) {
      artifact.live.set(number, version);
      for (const alias of aliases)
        if (!artifact.aliases.has(alias)) artifact.aliases.set(alias, number);
    }
  }

  empty(uid: string): void {
    this.trash.delete(uid);
  }

  hasProject(project: string): boolean {
    return this.#projects.has(project);
  }

  hasArtifact(project: string, name: string): boolean {
    return this.#find(project, name) !== undefined;
  }

  /** The same picture that is read from the store. */
  view(): View {
    return {
      projects: [...this.#projects].toSorted().map((project) => ({
        project,
        artifacts: this.#artifactsOf(project)
          .map((artifact) => ({ name: artifact.name, versions: versionsIn(artifact) }))
          .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      })),
      trash: [...this.trash]
        .map(([uid, { buried }]) => ({ uid, versions: buried.length }))
        .toSorted((a, b) => (a.uid < b.uid ? -1 : 1)),
      edges: this.#edges.toSorted(),
    };
  }

  #open(project: string, name: string): Artifact {
    const key = `${project}/${name}`;
    const known = this.#artifacts.get(key);
    if (known !== undefined) return known;
    const made: Artifact = { project, name, last: -1, live: new Map(), aliases: new Map() };
    this.#artifacts.set(key, made);
    return made;
  }

  #find(project: string, name: string): Artifact | undefined {
    const artifact = this.#artifacts.get(`${project}/${name}`);
    return artifact === undefined || artifact.live.size === 0 ? undefined : artifact;
  }

  #artifactsOf(project: string): readonly Artifact[] {
    return [...this.#artifacts.values()].filter(
      (artifact) => artifact.project === project && artifact.live.size > 0,
    );
  }
}

function buryAll(artifact: Artifact): readonly Buried[] {
  return [...artifact.live.keys()].map((number) => bury(artifact, number));
}

function bury(artifact: Artifact, number: number): Buried {
  const version = artifact.live.get(number);
  if (version === undefined) throw new Error(`no version ${number} to delete`);
  const aliases = heldBy(artifact, number);
  for (const alias of aliases) artifact.aliases.delete(alias);
  artifact.live.delete(number);
  return { artifact, number, version, aliases };
}

function heldBy(artifact: Artifact | undefined, number: number): readonly string[] {
  return [...(artifact?.aliases ?? [])]
    .filter(([, holder]) => holder === number)
    .map(([alias]) => alias)
    .toSorted();
}

function latestOf(artifact: Artifact): number {
  return Math.max(...artifact.live.keys());
}

function versionsIn(artifact: Artifact): readonly ViewedVersion[] {
  return [...artifact.live]
    .toSorted(([a], [b]) => b - a)
    .map(([number, { content, tags }]) => ({
      number,
      content,
      tags,
      aliases: [...(latestOf(artifact) === number ? ["latest"] : []), ...heldBy(artifact, number)],
    }));
}
