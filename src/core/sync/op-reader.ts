// Reads one change of a round's file.
import { isJsonObject } from "../json.ts";
import type { ArtifactType } from "../names.ts";
import type { VersionDetails } from "../records.ts";
import { plainObject } from "../registry/reader.ts";
import * as f from "./fields.ts";
import { RUN_FIELDS, type SharedOp } from "./ops.ts";
import * as read from "./shared-reader.ts";

type Op<Kind extends SharedOp["kind"]> = Omit<Extract<SharedOp, { readonly kind: Kind }>, "kind">;

const name = read.artifactName;
const type = f.name<ArtifactType>("type");

const READERS: { readonly [Kind in SharedOp["kind"]]: f.Read<Op<Kind>> } = {
  project: f.fields<Op<"project">>({ createdAt: f.time, deletedAt: f.nullable(f.time) }),
  artifact: f.fields<Op<"artifact">>({
    name,
    type,
    createdAt: f.time,
    tags: f.tags,
    keep: f.keep,
  }),
  "artifact-edited": f.fields<Op<"artifact-edited">>(
    { name },
    { type, tags: f.tags, keep: f.keep },
  ),
  reserve: f.fields<Op<"reserve">>({ name, uid: f.uid(), number: f.number }),
  version: f.fields<Op<"version">>(
    { name, version: read.version },
    { apart: f.list(f.uid<"Version">(), f.MANY) },
  ),
  "version-edited": f.fields<Op<"version-edited">>({
    name,
    uid: f.uid(),
    details: f.fields<Partial<VersionDetails>>({}, read.details),
  }),
  "version-deleted": f.fields<Op<"version-deleted">>(
    { name, uid: f.uid(), deleted: read.deleted },
    { emptied: f.uid<"Trash">() },
  ),
  "version-restored": f.fields<Op<"version-restored">>({ name, version: read.version }),
  alias: f.fields<Op<"alias">>({ name, alias: f.alias, move: read.move }),
  run: f.fields<Op<"run">>(
    { run: read.run },
    { changed: f.list(f.oneOf(RUN_FIELDS), RUN_FIELDS.length) },
  ),
  "edge-added": f.fields<Op<"edge-added">>({ name, edge: read.edge }),
  "edge-removed": f.fields<Op<"edge-removed">>({ name, edge: read.edge }),
  "derivation-added": f.fields<Op<"derivation-added">>({ name, derivation: read.derivation }),
  "derivation-removed": f.fields<Op<"derivation-removed">>({ name, derivation: read.derivation }),
};

export const readOp: f.Read<SharedOp> = (value, at) => {
  const { kind } = plainObject(value, at);
  if (!isKnownKind(kind)) return f.unreadable(at, "is a change of a kind that nobody knows");
  const reader: f.Read<object> = READERS[kind];
  return { kind, ...reader(value, at) } as SharedOp;
};

/** Whether a value is a change of a kind that a later Cairn may have made: without it the project would be another one. */
export function isNewerOp(value: unknown): boolean {
  if (!isJsonObject(value)) return false;
  const { kind } = value;
  return typeof kind === "string" && !isKnownKind(kind);
}

function isKnownKind(kind: unknown): kind is SharedOp["kind"] {
  return typeof kind === "string" && Object.hasOwn(READERS, kind);
}
