// Cairn as a library: log, use and look after artifacts from any page or worker, in the same store as the app.
export {
  init,
  Run,
  logArtifact,
  useArtifact,
  linkArtifact,
  finish,
  type InitOptions,
  type LogArtifactOptions,
  type PathLike,
} from "./client/api/run.ts";
export { Artifact } from "./client/api/artifact.ts";
export { LoggedArtifact } from "./client/api/logged-artifact.ts";
export type {
  ArtifactOptions,
  DownloadOptions,
  DownloadToOptions,
  LogOutcome,
  LongOptions,
} from "./client/api/options.ts";
export { Api, type PageOptions, type RegistryOptions } from "./client/api/api.ts";
export type { Deletable, DeleteOptions } from "./client/api/deletable.ts";
export { Registry, type CollectionOptions } from "./client/api/registry.ts";
export { RegistryView } from "./client/api/registry-view.ts";
export type { AuditFilter } from "./client/api/audit-rows.ts";
export { disconnect } from "./client/api/connection.ts";
export type { ArtifactEntry, FileSource, ReferenceOptions } from "./client/api/contents.ts";
export type { DirectorySource } from "./client/api/directory.ts";
export type { ArtifactLink, LinkedArtifact, LinkOptions } from "./client/api/links.ts";
export type { LogOptions, LogProgress } from "./client/api/log-draft.ts";
export type { Choice } from "./client/api/read-files.ts";
export type { AliasChange, AliasMove } from "./core/alias.ts";
export type { ErrorCode, ErrorData, Problem } from "./core/error-codes.ts";
export { CairnError, isCairnError, showHidden } from "./core/errors.ts";
export type { RenamedOnDisk } from "./core/disk-path.ts";
export type { Json, JsonObject } from "./core/json.ts";
export type { KeepPlan, KeepRule, SpareReason } from "./core/keep.ts";
export type {
  LineageCollection,
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
export type { Condition, Evidence, NumericRule } from "./core/registry/condition.ts";
export type {
  LinkSource,
  Outcome,
  RegistryAct,
  RegistryActKind,
  RegistryEvent,
} from "./core/registry/records.ts";
export type { Role, Visibility } from "./core/registry/roles.ts";
export type { EventFault, Member, PromotionRequest, Protection } from "./core/registry/state.ts";
export type {
  CollectionHit,
  SearchHit,
  Some,
  StorageReport,
  VersionSummary,
} from "./protocol/browse-api.ts";
export type { Damage, EventQuery, LogCheck, VerifyReport } from "./protocol/care-api.ts";
export type { DownloadProgress, DownloadReport } from "./protocol/downloads.ts";
export type { VersionEdit } from "./protocol/edit-api.ts";
export type {
  CollectionDetail,
  CollectionSummary,
  LinkAlias,
  LinkPlace,
  LinkView,
  PromotionPlan,
  RegistryDetail,
  RegistrySummary,
  RequestFile,
  RequestView,
  Unlinked,
} from "./protocol/registry-link-api.ts";
export type { AuditRow, Imported, ImportPlan, LogVerdict } from "./protocol/registry-log-api.ts";
export type {
  CollectionEdit,
  Person,
  Profile,
  RegistryEdit,
} from "./protocol/registry-manage-api.ts";
export type { DeleteImpact, Deleted, Freed, Restored } from "./protocol/trash-api.ts";
