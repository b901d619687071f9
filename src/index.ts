// Cairn as a library: log, use and look after artifacts from any page or worker, in the same store as the app.
export {
  init,
  Run,
  logArtifact,
  useArtifact,
  finish,
  type InitOptions,
  type LogArtifactOptions,
  type PathLike,
} from "./client/api/run.ts";
export { Artifact } from "./client/api/artifact.ts";
export type {
  ArtifactOptions,
  DownloadOptions,
  DownloadToOptions,
  LogOutcome,
  LongOptions,
} from "./client/api/options.ts";
export { Api, type Deletable, type PageOptions } from "./client/api/api.ts";
export { disconnect } from "./client/api/connection.ts";
export type { ArtifactEntry, FileSource, ReferenceOptions } from "./client/api/contents.ts";
export type { DirectorySource } from "./client/api/directory.ts";
export type { LogOptions, LogProgress } from "./client/api/log-draft.ts";
export type { Choice } from "./client/api/read-files.ts";
export type { AliasChange, AliasMove } from "./core/alias.ts";
export {
  CairnError,
  isCairnError,
  showHidden,
  type ErrorCode,
  type ErrorData,
  type Problem,
} from "./core/errors.ts";
export type { RenamedOnDisk } from "./core/disk-path.ts";
export type { Json, JsonObject } from "./core/json.ts";
export type { KeepPlan, KeepRule, SpareReason } from "./core/keep.ts";
export type {
  LineageDirection,
  LineageEdge,
  LineageGraph,
  LineageNode,
  LineageOptions,
  LineageRun,
  LineageVersion,
} from "./core/lineage.ts";
export type {
  ArtifactRecord,
  EventKind,
  EventRecord,
  ProjectRecord,
  RunRecord,
  RunState,
  TrashRecord,
  VersionRecord,
  VersionRef,
} from "./core/records.ts";
export type { SearchHit, Some, StorageReport, VersionSummary } from "./protocol/browse-api.ts";
export type { Damage, EventQuery, LogCheck, VerifyReport } from "./protocol/care-api.ts";
export type { DownloadProgress, DownloadReport } from "./protocol/downloads.ts";
export type { VersionEdit } from "./protocol/edit-api.ts";
export type { DeleteImpact, Deleted, Freed, Restored } from "./protocol/trash-api.ts";
