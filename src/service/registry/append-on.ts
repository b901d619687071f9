// Appends acts that rest on a link's source: on its being there, and on what was judged of it.
import { CairnError, isCairnError } from "../../core/errors.ts";
import { canonicalJson } from "../../core/json.ts";
import { isSourceOf } from "../../core/registry/link-source.ts";
import type { LinkSource, RegistryAct } from "../../core/registry/records.ts";
import { specOf } from "../../core/version.ts";
import type { IdentityRecord } from "../../store/schema.ts";
import { findByUid } from "../../store/by-uid.ts";
import type { ReadTx } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { append, type Appended, type Guard } from "./append.ts";
import type { OpenRegistry } from "./read-registry.ts";
import { findJudged, NOT_HERE, type Judged } from "./sources.ts";

/** A link's source, with what of it is judged. */
export interface Source {
  readonly source: LinkSource;
  readonly judged: Judged | null;
}

/**
 * Appends acts that rest on a source. When they are written it must not have been deleted here, and
 * what was judged of it must still be so; it may never have been in this browser.
 *
 * @param plan as {@link append} takes it
 * @throws CairnError `in_trash`, `not_found`, `changed_since`, and what {@link append} throws
 */
export async function appendOn(
  ctx: Ctx,
  registry: string,
  { source, judged }: Source,
  plan: (open: OpenRegistry, me: IdentityRecord) => readonly RegistryAct[],
): Promise<Appended> {
  let acts: readonly RegistryAct[] = [];
  const guard: Guard<"versions" | "deletedVersions"> = {
    stores: ["versions", "deletedVersions"],
    check: async (tx) => {
      const now = await findJudged(tx, source);
      if (now === null) await checkNotDeleted(tx, source);
      if (acts.some(restsOnEvidence) && textOf(now) !== textOf(judged))
        throw new CairnError("changed_since", {
          what: "metadata or tags of",
          name: specOf(source),
        });
    },
  };
  try {
    return await append(ctx, registry, (open, me) => (acts = plan(open, me)), guard);
  } catch (error) {
    if (judged !== null || !isCairnError(error, "condition_failed")) throw error;
    throw new CairnError("condition_failed", { ...error.data, reasons: [NOT_HERE] });
  }
}

function restsOnEvidence(act: RegistryAct): boolean {
  return act.kind === "alias-moved" && act.evidence !== null;
}

async function checkNotDeleted(
  tx: ReadTx<"versions" | "deletedVersions">,
  source: LinkSource,
): Promise<void> {
  const found = await findByUid(tx, source.version);
  if (found === undefined || found.state === "live" || !isSourceOf(source, found.version)) return;
  const name = specOf(source);
  if (found.state === "in_trash") throw new CairnError("in_trash", { name });
  throw new CairnError("not_found", { what: "version", name });
}

function textOf(judged: Judged | null): string {
  return judged === null ? "" : canonicalJson({ metadata: judged.metadata, tags: judged.tags });
}
