// A registry's log: looked through, checked, sent and brought in.
import type {
  MemberKey,
  RegistryActKind,
  RegistryEvent,
  RegistryName,
  RegistryUid,
} from "../core/registry/records.ts";
import type { Role } from "../core/registry/roles.ts";
import type { EventFault } from "../core/registry/state.ts";

export interface AuditQuery {
  /** Events below this place, newest first; `null` from the newest. */
  readonly before: number | null;
  readonly limit: number;
  readonly kinds?: readonly RegistryActKind[];
  readonly actor?: MemberKey;
  readonly collection?: string;
  /** Only those without effect. */
  readonly isFaulty?: boolean;
  /** ISO dates or date-times, both inclusive. */
  readonly from?: string;
  readonly to?: string;
}

export interface AuditRow {
  readonly event: RegistryEvent;
  /** The actor's name at that point; a short key for strangers. */
  readonly actorName: string;
  /** What they were at that point. */
  readonly actorRole: Role;
  /** Why it has no effect, or `null`. */
  readonly fault: EventFault | null;
  /** The fault in a sentence. */
  readonly faultText: string | null;
}

/** What checking a log from its start found [E3]. */
export interface LogVerdict {
  readonly registry: RegistryName;
  readonly uid: RegistryUid;
  readonly events: number;
  /** Digest of the last event. */
  readonly head: string | null;
  readonly firstAt: string | null;
  readonly lastAt: string | null;
  readonly faults: readonly AuditRow[];
  /** Only for a file: whether its seal is its sender's, and says the same number and head. */
  readonly seal: {
    readonly by: MemberKey;
    readonly byName: string;
    readonly isRight: boolean;
  } | null;
}

/** What bringing in a registry's file would do. */
export interface ImportPlan {
  readonly verdict: LogVerdict;
  /** What it would be called here. */
  readonly name: RegistryName;
  /**
   * `new`: not here yet. `same`: nothing new in it. `older`: all of it is here, and more. `forward`:
   * it goes on from here. `rebase`: both went on; this browser's own events are signed again, behind.
   */
  readonly kind: "new" | "same" | "older" | "forward" | "rebase";
  /** Events that would come. */
  readonly incoming: number;
  /** Events of this browser that would be signed again. */
  readonly replayed: number;
}

export interface Imported extends ImportPlan {
  /** Own events that the newer state no longer allows, each in a sentence. */
  readonly dropped: readonly string[];
}

export interface AuditApi {
  listAudit(registry: string, query: AuditQuery): Promise<readonly AuditRow[]>;
  /** Checks every signature, link and right of a registry's log from its start. */
  verifyRegistry(registry: string): Promise<LogVerdict>;
  /** The whole log as JSON lines: a sealed head, then the events. */
  exportRegistry(registry: string): Promise<Blob>;
  /** Checks an exported file without taking it in. Throws `invalid_log`. */
  verifyExport(file: Blob): Promise<LogVerdict>;
  /** Throws `invalid_log`, `log_forked`. */
  planImport(file: Blob): Promise<ImportPlan>;
  /** @param name what to call it here, where its own name is taken */
  importRegistry(file: Blob, name: string | null): Promise<Imported>;
}
