// What a registry's log folds into.
import type { Alias, ArtifactType } from "../names.ts";
import type { Problem } from "../errors.ts";
import type { VersionUid } from "../records.ts";
import type { VersionNumber } from "../version.ts";
import type { Condition } from "./condition.ts";
import type {
  AliasPattern,
  CollectionDetails,
  CollectionName,
  LinkSource,
  MemberFields,
  MemberKey,
  Outcome,
  PromotionAsk,
  RegistryName,
  RegistrySettings,
  RegistryUid,
  RequestUid,
} from "./records.ts";

export interface RegistryState extends RegistrySettings {
  readonly uid: RegistryUid;
  /** The name it was made with; a browser may know it under another. */
  readonly name: RegistryName;
  readonly createdAt: string;
  readonly createdBy: MemberKey;
  /** Of its last event that had effect. */
  readonly updatedAt: string;
  readonly isDeleted: boolean;
  readonly members: ReadonlyMap<MemberKey, Member>;
  /** By pattern. */
  readonly protections: ReadonlyMap<AliasPattern, Protection>;
  /** Also deleted ones: their numbers stay given out. */
  readonly collections: ReadonlyMap<CollectionName, Collection>;
  readonly requests: ReadonlyMap<RequestUid, PromotionRequest>;
}

export interface Member extends MemberFields {
  readonly key: MemberKey;
  readonly hubUser: string | null;
  readonly addedAt: string;
}

export interface Protection {
  readonly pattern: AliasPattern;
  readonly condition: Condition | null;
  readonly addedAt: string;
  readonly addedBy: MemberKey;
}

export interface Collection extends CollectionDetails {
  readonly name: CollectionName;
  readonly type: ArtifactType;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly isDeleted: boolean;
  /** Highest number ever given out; `null` before the first [G4]. */
  readonly lastNumber: VersionNumber | null;
  /** Every link there ever was, by its number. */
  readonly links: ReadonlyMap<VersionNumber, Link>;
  /** Numbers of the live links, by their source. */
  readonly liveNumbers: ReadonlyMap<VersionUid, VersionNumber>;
  /** Without `latest`, which is always with the highest live link [G6]. */
  readonly aliases: ReadonlyMap<Alias, VersionNumber>;
}

export interface Link {
  readonly number: VersionNumber;
  readonly source: LinkSource;
  readonly linkedAt: string;
  readonly linkedBy: MemberKey;
  /** Unlinked ones keep their number. */
  readonly isLive: boolean;
}

export interface PromotionRequest extends PromotionAsk {
  readonly askedAt: string;
  readonly askedBy: MemberKey;
  readonly settled: {
    readonly outcome: Outcome;
    readonly at: string;
    readonly by: MemberKey;
    readonly note: string;
  } | null;
}

/** Why an event of a log has no effect [E3]. */
export type EventFault =
  /** It is not what its actor signed. */
  | { readonly kind: "signature" }
  /** It doesn't follow the event in front: something was left out, put in, or moved. */
  | { readonly kind: "chain" }
  /** It says it happened before the event in front. */
  | { readonly kind: "time" }
  /** It isn't written as events are, or in a way this Cairn doesn't know. */
  | { readonly kind: "malformed"; readonly reason: string }
  /** It says that something was so, which wasn't. */
  | { readonly kind: "stale"; readonly reason: string }
  /** Its actor wasn't allowed to, or a rule of the registry forbids it. */
  | { readonly kind: "rule"; readonly problem: Problem };
