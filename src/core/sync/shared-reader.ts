// Reads the parts of a project as files of a remote tell them.
import { DESCRIPTION_MAX_LENGTH } from "../draft.ts";
import type { ArtifactName, ProjectName } from "../names.ts";
import type { EdgeVia, RunState, VersionDetails } from "../records.ts";
import type { CollectionName, RegistryName } from "../registry/records.ts";
import * as f from "./fields.ts";
import type {
  SharedDelete,
  SharedDerivation,
  SharedEdge,
  SharedMove,
  SharedRun,
  SharedVersion,
} from "./shared.ts";

/** Longer than any run is called. */
const RUN_NAME_MAX_LENGTH = 1000;
/** `project/name:v3`. */
const SPEC_MAX_LENGTH = 300;
const RUN_STATES = [
  "running",
  "finished",
  "failed",
  "abandoned",
] as const satisfies readonly RunState[];

export const artifactName = f.name<ArtifactName>("artifact");
export const projectName = f.name<ProjectName>("project");

/** Each field that a person may edit. */
export const details: f.Shape<VersionDetails> = {
  description: f.text(DESCRIPTION_MAX_LENGTH),
  metadata: f.jsonObject,
  tags: f.tags,
  pinned: f.flag,
};

export const deleted = f.fields<SharedDelete>({
  at: f.time,
  by: f.device,
  trash: f.nullable(f.uid<"Trash">()),
  aliases: f.list(f.alias, f.MANY),
});

export const version = f.fields<SharedVersion>({
  uid: f.uid(),
  number: f.number,
  digest: f.digest,
  sizeBytes: f.count(),
  fileCount: f.count(),
  newBytes: f.count(),
  createdAt: f.time,
  by: f.device,
  twins: f.list(f.uid<"Version">(), f.MANY),
  deleted: f.nullable(deleted),
  ...details,
});

export const move = f.fields<SharedMove>({
  to: f.nullable(f.uid<"Version">()),
  at: f.time,
  by: f.device,
});

/** Each field that can change. */
export const runFields = {
  name: f.text(RUN_NAME_MAX_LENGTH),
  config: f.jsonObject,
  state: f.oneOf(RUN_STATES),
  startedAt: f.time,
  endedAt: f.nullable(f.time),
  deletedAt: f.nullable(f.time),
};

export const run = f.fields<SharedRun>({
  uid: f.uid(),
  project: projectName,
  by: f.device,
  ...runFields,
});

const via = f.fields<EdgeVia>({
  registry: f.uid(),
  registryName: f.name<RegistryName>("registry"),
  collection: f.name<CollectionName>("collection"),
  number: f.number,
});

export const edge = f.fields<SharedEdge>(
  {
    run: f.uid(),
    version: f.uid(),
    direction: f.oneOf(["input", "output"]),
    createdAt: f.time,
  },
  { via },
);

export const derivation = f.fields<SharedDerivation>({
  child: f.uid(),
  parent: f.uid(),
  parentName: f.text(SPEC_MAX_LENGTH),
  createdAt: f.time,
});
