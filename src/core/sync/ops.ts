// What one round of a device does to a project: what a round's file holds, and what a merge applies [S3 S4 S5].
import type { KeepRule } from "../keep.ts";
import type { Alias, ArtifactName, ArtifactType, ProjectName } from "../names.ts";
import type { TrashUid, VersionDetails, VersionUid } from "../records.ts";
import type { Tag } from "../tags.ts";
import type { VersionNumber } from "../version.ts";
import type {
  DeviceId,
  SharedDelete,
  SharedDerivation,
  SharedEdge,
  SharedMove,
  SharedRun,
  SharedVersion,
} from "./shared.ts";

/** What of a run can change after it began. */
export const RUN_FIELDS = ["name", "config", "state", "startedAt", "endedAt", "deletedAt"] as const;
export type RunField = (typeof RUN_FIELDS)[number];

/** One change. Applied twice it is the same as once: everything is named by its id. */
export type SharedOp =
  | { readonly kind: "project"; readonly createdAt: string; readonly deletedAt: string | null }
  | {
      readonly kind: "artifact";
      readonly name: ArtifactName;
      readonly type: ArtifactType;
      readonly createdAt: string;
      readonly tags: readonly Tag[];
      readonly keep: KeepRule | null;
    }
  | {
      readonly kind: "artifact-edited";
      readonly name: ArtifactName;
      readonly type?: ArtifactType;
      readonly tags?: readonly Tag[];
      readonly keep?: KeepRule | null;
    }
  /** Promises a number to a version whose files need several commits. */
  | {
      readonly kind: "reserve";
      readonly name: ArtifactName;
      readonly uid: VersionUid;
      readonly number: VersionNumber;
    }
  /** New; its number is a wish. Of one that is known: ids that became it. */
  | {
      readonly kind: "version";
      readonly name: ArtifactName;
      readonly version: SharedVersion;
      /** Versions with its content that it doesn't become one with: they are deleted further on. */
      readonly apart?: readonly VersionUid[];
    }
  | {
      readonly kind: "version-edited";
      readonly name: ArtifactName;
      readonly uid: VersionUid;
      readonly details: Partial<VersionDetails>;
    }
  /** Into the trash, or, without a trash entry, for good. */
  | {
      readonly kind: "version-deleted";
      readonly name: ArtifactName;
      readonly uid: VersionUid;
      readonly deleted: SharedDelete;
      /** Of one that was in the trash already: the entry that was emptied. Versions restored since stay. */
      readonly emptied?: TrashUid;
    }
  /** Whole, since elsewhere it may be a tombstone by now. */
  | {
      readonly kind: "version-restored";
      readonly name: ArtifactName;
      readonly version: SharedVersion;
    }
  | {
      readonly kind: "alias";
      readonly name: ArtifactName;
      readonly alias: Alias;
      readonly move: SharedMove;
    }
  /** New or changed, whole. `changed`: the fields that one which is known takes over; absent for all. */
  | { readonly kind: "run"; readonly run: SharedRun; readonly changed?: readonly RunField[] }
  | { readonly kind: "edge-added"; readonly name: ArtifactName; readonly edge: SharedEdge }
  | { readonly kind: "edge-removed"; readonly name: ArtifactName; readonly edge: SharedEdge }
  | {
      readonly kind: "derivation-added";
      readonly name: ArtifactName;
      readonly derivation: SharedDerivation;
    }
  | {
      readonly kind: "derivation-removed";
      readonly name: ArtifactName;
      readonly derivation: SharedDerivation;
    };

/** What a person should know of a merge: how what two devices did at once was settled. */
export type SyncNote =
  /** Another device's version took the number first [S3]. */
  | {
      readonly kind: "renumbered";
      readonly name: ArtifactName;
      readonly from: VersionNumber;
      readonly to: VersionNumber;
      readonly by: DeviceId | null;
    }
  /** Two devices logged the same content [S3]. */
  | {
      readonly kind: "became-one";
      readonly name: ArtifactName;
      readonly number: VersionNumber;
      readonly was: VersionNumber;
    }
  /** Two devices moved an alias; `stands` is where it is now [S4]. */
  | {
      readonly kind: "alias-moved-twice";
      readonly name: ArtifactName;
      readonly alias: Alias;
      readonly stands: VersionNumber | null;
      readonly other: VersionNumber | null;
      readonly by: DeviceId;
    }
  /** Two devices edited the same field; the later in the agreed order stands. */
  | {
      readonly kind: "edited-twice";
      readonly name: ArtifactName;
      /** `null`: the artifact itself. */
      readonly number: VersionNumber | null;
      readonly field: string;
    }
  /** Two devices edited the same fields of a run; the later in the agreed order stands. */
  | {
      readonly kind: "run-edited-twice";
      /** The run's. */
      readonly name: string;
      readonly fields: readonly RunField[];
    }
  /** A delete met something that still needs the version: it stays [S5]. `why`: such as `the alias “prod”`. */
  | {
      readonly kind: "delete-refused";
      readonly name: ArtifactName;
      readonly number: VersionNumber;
      readonly by: DeviceId;
      readonly why: string;
    }
  /** Another device deleted a version that was here. */
  | {
      readonly kind: "deleted";
      readonly name: ArtifactName;
      readonly number: VersionNumber;
      readonly by: DeviceId;
    }
  /** Another device deleted the whole project, with so many versions that were here. */
  | {
      readonly kind: "project-deleted";
      readonly name: ProjectName;
      readonly versions: number;
      /** `null` where nothing in it tells. */
      readonly by: DeviceId | null;
    }
  /** One device restored, or put an alias on, what another deleted: it is live. */
  | { readonly kind: "restored"; readonly name: ArtifactName; readonly number: VersionNumber }
  /** An alias was put on a version that is gone for good: nothing was done. */
  | { readonly kind: "alias-lost"; readonly name: ArtifactName; readonly alias: Alias }
  /** Two devices made the name with different types; the first one's stands [N4]. */
  | {
      readonly kind: "type-differs";
      readonly name: ArtifactName;
      readonly stands: ArtifactType;
      readonly other: ArtifactType;
    };
