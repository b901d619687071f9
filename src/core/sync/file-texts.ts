// The index, rounds and manifests of a remote as texts, and back. What comes back is hostile and checked [N1 F1].
import type { Digest } from "../digest.ts";
import { asJson, type JsonObject } from "../json.ts";
import { manifestOf, type Manifest, type ManifestEntry } from "../manifest.ts";
import { checkName, type ProjectName } from "../names.ts";
import type { RegistryName, RegistryUid } from "../registry/records.ts";
import * as f from "./fields.ts";
import type {
  RemoteDevice,
  RemoteIndex,
  RemoteManifest,
  RemoteProject,
  RemoteRegistry,
  RoundFile,
  RoundUid,
} from "./files.ts";
import { formatLines, invalid, readLines } from "./json-lines.ts";
import { INDEX_PATH, manifestPath, roundPath } from "./layout.ts";
import { fileRow, referenceRow, packRow, checkManifest } from "./manifest-reader.ts";
import { ROUNDS_MAX } from "./numbers.ts";
import { readOps, type ReadOps } from "./read-ops.ts";
import type { DeviceId } from "./shared.ts";
import { artifactName, projectName } from "./shared-reader.ts";

/** A round's file as it can be used. */
export type ReadRound = RoundFile & ReadOps;

/** Longest name of a device, such as `Ada · Chrome on Linux`. */
const DEVICE_NAME_MAX_LENGTH = 1000;

export function formatIndex(index: RemoteIndex): string {
  const { seq, devices, projects, registries } = index;
  const files = [...inOrder(projects)].flatMap(([project, { files: digests }]) =>
    inOrder(digests).map(([file, digest]) => ({ project, file, digest })),
  );
  return formatLines(
    { seq },
    {
      devices: rows(devices, "device"),
      projects: inOrder(projects).map(([name, { createdAt, deletedAt }]) => ({
        project: name,
        createdAt,
        deletedAt,
      })),
      files,
      registries: rows(registries, "registry"),
    },
  );
}

/** Throws `invalid_remote`: also for a format newer than this Cairn knows, which it says. */
export function readIndex(text: string, remote: string): RemoteIndex {
  const source = { path: INDEX_PATH, remote };
  const { seq, devices, projects, files, registries } = readLines(text, source, indexFile);
  const known = new Map<ProjectName, Map<string, Digest>>();
  for (const { project } of projects.values()) known.set(project, new Map());
  for (const { project, file, digest } of files) {
    const digests = known.get(project);
    if (digests === undefined || digests.has(file))
      throw invalid(source, `it lists “${file}” twice, or in a project that it doesn't list`);
    digests.set(file, digest);
  }
  return {
    seq,
    devices: new Map(Array.from(devices.values(), ({ device, ...rest }) => [device, rest])),
    projects: new Map(
      Array.from(projects.values(), ({ project, ...rest }) => [
        project,
        { ...rest, files: known.get(project) ?? new Map<string, Digest>() },
      ]),
    ),
    registries: new Map(
      Array.from(registries.values(), ({ registry, ...rest }) => [registry, rest]),
    ),
  };
}

export function formatRound(round: RoundFile): string {
  const { projects, registries, ...head } = round;
  const ops = inOrder(projects).flatMap(([project, changes]) =>
    changes.map((op) => ({ project, op })),
  );
  return formatLines(head, {
    registries: registries.toSorted(),
    ops: asJson(ops),
  });
}

/** Leaves out changes that can't be: everybody leaves out the same. Throws `invalid_remote` for what is no round. */
export function readRound(text: string, path: string, remote: string): ReadRound {
  const source = { path, remote };
  const { ops, ...round } = readLines(text, source, roundFile);
  if (![true, false].some((isLarge) => roundPath(round, isLarge) === path))
    throw invalid(source, "it is another round than its name says");
  return { ...round, ...readOps(ops) };
}

export function formatRemoteManifest(manifest: RemoteManifest): string {
  const { files, references, packs, ...head } = manifest;
  return formatLines(head, asJson({ packs, references, files }));
}

/** Throws `invalid_remote`. */
export function readRemoteManifest(text: string, path: string, remote: string): RemoteManifest {
  const source = { path, remote };
  const manifest = readLines(text, source, manifestFile);
  const { project, name, uid } = manifest;
  if (![true, false].some((isLarge) => manifestPath(project, name, uid, isLarge) === path))
    throw invalid(source, "it is another version's than its name says");
  checkManifest(manifest, source);
  return manifest;
}

/** The manifest that it tells of; its digest is for the caller to check [S2]. */
export function manifestOfRemote({ files, references }: RemoteManifest): Manifest {
  return manifestOf([
    ...files.map(({ path, size, digest }) => ({ path, size, digest })),
    ...references,
  ] as ManifestEntry[]);
}

const deviceRow = f.fields<RemoteDevice & { readonly device: DeviceId }>({
  device: f.device,
  name: f.text(DEVICE_NAME_MAX_LENGTH),
  rounds: f.upTo(ROUNDS_MAX),
  last: f.matching<RoundUid>(/^[0-9A-Za-z_-]{1,64}$/, "an id"),
  lastAt: f.time,
});

type ProjectRow = Omit<RemoteProject, "files"> & { readonly project: ProjectName };
const projectRow = f.fields<ProjectRow>({
  project: projectName,
  createdAt: f.time,
  deletedAt: f.nullable(f.time),
});

const snapshotFile = f.checked((value) => {
  const [folder, file = "", ...rest] = value.split("/");
  const isFile =
    rest.length === 0 &&
    (folder === "runs"
      ? /^\d{4}-\d{2}$/.test(file)
      : folder === "artifacts" && checkName("artifact", file) === null);
  return isFile ? null : "no snapshot has such a file";
});

const registryRow = f.fields<RemoteRegistry & { readonly registry: RegistryUid }>({
  registry: f.uid(),
  name: f.name<RegistryName>("registry"),
  events: f.count(),
  head: f.digest,
  parts: f.list(f.digest, f.MANY),
});

interface FileRow {
  readonly project: ProjectName;
  readonly file: string;
  readonly digest: Digest;
}

const indexFile = f.fields<{
  seq: number;
  devices: ReadonlyMap<DeviceId, RemoteDevice & { readonly device: DeviceId }>;
  projects: ReadonlyMap<ProjectName, ProjectRow>;
  files: readonly FileRow[];
  registries: ReadonlyMap<RegistryUid, RemoteRegistry & { readonly registry: RegistryUid }>;
}>({
  seq: f.upTo(ROUNDS_MAX),
  devices: f.keyed(deviceRow, ({ device }) => device),
  projects: f.keyed(projectRow, ({ project }) => project),
  files: f.list(
    f.fields<FileRow>({ project: projectName, file: snapshotFile, digest: f.digest }),
    f.MANY,
  ),
  registries: f.keyed(registryRow, ({ registry }) => registry),
});

const roundFile = f.fields<
  Omit<RoundFile, "projects"> & {
    readonly ops: readonly unknown[];
  }
>({
  seq: f.upTo(ROUNDS_MAX),
  uid: f.matching<RoundUid>(/^[0-9A-Za-z_-]{1,64}$/, "an id"),
  device: f.device,
  deviceName: f.text(DEVICE_NAME_MAX_LENGTH),
  round: f.upTo(ROUNDS_MAX),
  at: f.time,
  registries: f.list(f.uid<"Registry">(), f.MANY),
  ops: f.list((op) => op, f.MANY),
});

const manifestFile = f.fields<RemoteManifest>({
  project: projectName,
  name: artifactName,
  number: f.number,
  uid: f.uid(),
  digest: f.digest,
  packs: f.list(packRow, f.MANY),
  references: f.list(referenceRow, f.MANY),
  files: f.list(fileRow, f.MANY),
});

function inOrder<Key extends string, Value>(map: ReadonlyMap<Key, Value>): [Key, Value][] {
  return [...map].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** Each entry of a map as an object, with its key among its fields. */
function rows(map: ReadonlyMap<string, object>, key: string): readonly JsonObject[] {
  return inOrder(map).map(([id, value]) => ({ [key]: id, ...value }));
}
