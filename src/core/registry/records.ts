// The shapes of a registry: its people, rules, collections, links, and the events that made them.
import type { Brand } from "../brand.ts";
import type { Digest } from "../digest.ts";
import type { Alias, ArtifactName, ArtifactType, ProjectName } from "../names.ts";
import type { Uid, VersionUid } from "../records.ts";
import type { Tag } from "../tags.ts";
import type { VersionNumber } from "../version.ts";
import type { Condition, Evidence } from "./condition.ts";
import type { Role, Visibility } from "./roles.ts";

export type RegistryName = Brand<string, "RegistryName">;
export type CollectionName = Brand<string, "CollectionName">;
/** An Ed25519 public key: its 32 bytes in base64url, 43 characters. It is who somebody is. */
export type MemberKey = Brand<string, "MemberKey">;
/** A protected alias name, or a pattern with `*` and `?` [P1]. */
export type AliasPattern = Brand<string, "AliasPattern">;
export type RegistryUid = Uid<"Registry">;
export type RequestUid = Uid<"PromotionRequest">;

/** What a registry says of itself [G2]. `types` empty means that it takes all. */
export interface RegistrySettings {
  readonly description: string;
  readonly types: readonly ArtifactType[];
  readonly visibility: Visibility;
}

/** What a collection says of itself; its own, not its versions' [G9]. */
export interface CollectionDetails {
  /** Markdown. */
  readonly card: string;
  readonly tags: readonly Tag[];
}

/** What may change about a person in a registry. */
export interface MemberFields {
  readonly name: string;
  readonly role: Role;
}

/** The version a link points to, as it was known to the one who linked it [G5]. */
export interface LinkSource {
  readonly version: VersionUid;
  readonly project: ProjectName;
  readonly name: ArtifactName;
  readonly number: VersionNumber;
  readonly type: ArtifactType;
  readonly digest: Digest;
  readonly sizeBytes: number;
  readonly fileCount: number;
}

/** What a member asks for: put an alias on a version of a collection. */
export interface PromotionAsk {
  readonly request: RequestUid;
  readonly collection: CollectionName;
  readonly alias: Alias;
  readonly number: VersionNumber;
  /** The version meant, so that the number can't come to mean another. */
  readonly source: VersionUid;
  readonly note: string;
}

/** A request that came as a file: signed by itself, outside the log. */
export interface SignedRequest {
  readonly registry: RegistryUid;
  readonly at: string;
  readonly actor: MemberKey;
  readonly ask: PromotionAsk;
  readonly signature: string;
}

export const OUTCOMES = ["approved", "declined", "withdrawn"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** One thing done in a registry, with the old and the new value. */
export type RegistryAct =
  | ({
      readonly kind: "registry-created";
      readonly name: RegistryName;
      /** The display name of its first admin, who signs this. */
      readonly by: string;
      readonly hubUser: string | null;
    } & RegistrySettings)
  | {
      readonly kind: "registry-edited";
      readonly before: Partial<RegistrySettings>;
      readonly after: Partial<RegistrySettings>;
    }
  | { readonly kind: "registry-deleted" }
  | { readonly kind: "registry-restored" }
  | ({
      readonly kind: "member-added";
      readonly member: MemberKey;
      readonly hubUser: string | null;
    } & MemberFields)
  | {
      readonly kind: "member-changed";
      readonly member: MemberKey;
      readonly before: MemberFields;
      readonly after: MemberFields;
    }
  | {
      readonly kind: "member-removed";
      readonly member: MemberKey;
      readonly before: MemberFields;
    }
  | {
      readonly kind: "protection-added";
      readonly pattern: AliasPattern;
      readonly condition: Condition | null;
    }
  | {
      readonly kind: "protection-changed";
      readonly pattern: AliasPattern;
      readonly before: Condition | null;
      readonly after: Condition | null;
    }
  | {
      readonly kind: "protection-removed";
      readonly pattern: AliasPattern;
      readonly before: Condition | null;
    }
  | ({
      readonly kind: "collection-created";
      readonly collection: CollectionName;
      readonly type: ArtifactType;
    } & CollectionDetails)
  | {
      readonly kind: "collection-edited";
      readonly collection: CollectionName;
      readonly before: Partial<CollectionDetails>;
      readonly after: Partial<CollectionDetails>;
    }
  | { readonly kind: "collection-deleted"; readonly collection: CollectionName }
  | { readonly kind: "collection-restored"; readonly collection: CollectionName }
  | {
      readonly kind: "version-linked";
      readonly collection: CollectionName;
      readonly number: VersionNumber;
      readonly source: LinkSource;
    }
  | {
      readonly kind: "version-unlinked";
      readonly collection: CollectionName;
      readonly number: VersionNumber;
      /** Those that went with it. */
      readonly aliases: readonly Alias[];
    }
  /** An unlink taken back: same number, same source. */
  | {
      readonly kind: "version-restored";
      readonly collection: CollectionName;
      readonly number: VersionNumber;
    }
  | {
      readonly kind: "alias-moved";
      readonly collection: CollectionName;
      readonly alias: Alias;
      readonly before: VersionNumber | null;
      readonly after: VersionNumber;
      /** Where the alias has a condition: what was judged. */
      readonly evidence: Evidence | null;
      /** The request it was done for. */
      readonly request: RequestUid | null;
    }
  | {
      readonly kind: "alias-removed";
      readonly collection: CollectionName;
      readonly alias: Alias;
      readonly before: VersionNumber;
    }
  | ({ readonly kind: "promotion-requested" } & PromotionAsk)
  | {
      readonly kind: "promotion-settled";
      readonly request: RequestUid;
      readonly outcome: Outcome;
      readonly note: string;
      /** The request, where it came as a file. */
      readonly signed: SignedRequest | null;
    };

export type RegistryActKind = RegistryAct["kind"];
/** Acts of some kinds. */
export type ActOf<Kind extends RegistryActKind> = Extract<RegistryAct, { readonly kind: Kind }>;

/** One entry of a registry's log: an act, who did it and when, after which other, signed [E2 E3]. */
export interface RegistryEvent {
  readonly registry: RegistryUid;
  /** Its place, from 0. */
  readonly seq: number;
  readonly uid: Uid<"RegistryEvent">;
  /** Never before the last event with effect in front of it. */
  readonly at: string;
  readonly actor: MemberKey;
  readonly act: RegistryAct;
  /** BLAKE3 of the canonical text of the event in front, signature and all; `null` for the first. */
  readonly previous: Digest | null;
  /** Ed25519 over `signedText`: 64 bytes in base64url. */
  readonly signature: string;
}
