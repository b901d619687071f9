// From a spec to what it names, without recording a use [N7 U1].
import type { VersionDetail } from "../../protocol/browse-api.ts";
import { withRead } from "../../store/transaction.ts";
import { findVersion, specOf } from "./find-version.ts";
import type { ReadCtx } from "./read-ctx.ts";
import { DETAIL_STORES, detailOf } from "./version-detail.ts";

/**
 * The version a spec names. `@` and a time ask for what the selector named then; a date means the
 * end of that day in UTC [E4].
 *
 * @param project the project of a spec that names none; `null` when there is no such
 * @throws CairnError `invalid_spec`, `not_found`, `in_trash`
 */
export async function resolve(
  ctx: ReadCtx,
  specText: string,
  project: string | null,
): Promise<VersionDetail> {
  const spec = specOf(specText, project);
  return withRead(ctx.db, [...DETAIL_STORES], async (tx) =>
    detailOf(ctx, tx, await findVersion(ctx, tx, spec)),
  );
}
