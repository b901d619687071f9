// A registry's log read page after page.
import type { MemberKey, RegistryActKind } from "../../core/registry/records.ts";
import type { AuditQuery, AuditRow } from "../../protocol/registry-log-api.ts";
import { connection } from "./connection.ts";

/** Which events of a log; all of them when nothing is said. */
export interface AuditFilter {
  readonly kinds?: readonly RegistryActKind[];
  /** The key of who did it. */
  readonly actor?: string;
  readonly collection?: string;
  /** Only those without effect. */
  readonly isFaulty?: boolean;
  /** ISO dates or date-times, both inclusive. */
  readonly from?: string;
  readonly to?: string;
}

const PAGE = 200;

/** Events that fit, newest first; each page is read when the one in front was taken. Throws `no_registry`, `invalid_text`. */
export async function* auditRows(
  registry: string,
  { actor, ...filter }: AuditFilter,
): AsyncGenerator<AuditRow, void> {
  const { store } = await connection();
  const wanted: Omit<AuditQuery, "before" | "limit"> =
    actor === undefined ? filter : { ...filter, actor: actor as MemberKey };
  let before: number | null = null;
  do {
    const rows: readonly AuditRow[] = await store.listAudit(registry, {
      ...wanted,
      before,
      limit: PAGE,
    });
    yield* rows;
    before = rows.length < PAGE ? null : (rows.at(-1)?.event.seq ?? null);
  } while (before !== null);
}
