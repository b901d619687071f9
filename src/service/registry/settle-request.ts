// Requests settled: approved, which moves the alias, declined, or taken back [P2 P6].
import type { AliasMove } from "../../core/alias.ts";
import { CairnError } from "../../core/errors.ts";
import { formatPlace } from "../../core/registry/names.ts";
import type { ActOf, Outcome, RequestUid, SignedRequest } from "../../core/registry/records.ts";
import type { Link, PromotionRequest, RegistryState } from "../../core/registry/state.ts";
import { getLiveCollection } from "../../core/registry/views.ts";
import { formatVersion } from "../../core/version.ts";
import { withRead } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { append } from "./append.ts";
import { appendOn, type Source } from "./append-on.ts";
import { getRequest, parseNote } from "./ask.ts";
import { getLiveLink } from "./find-link.ts";
import { moveAct, movesIn } from "./move-act.ts";
import { openRegistry, REGISTRY_STORES } from "./read-registry.ts";
import { parseRequestFile, requestIn } from "./request-file.ts";
import { findJudged } from "./sources.ts";

/** The request meant: one of the log, or one that came as a file, its signature found right. */
type Asked =
  | { readonly kind: "logged"; readonly uid: RequestUid }
  | { readonly kind: "file"; readonly signed: SignedRequest };

/**
 * Approves, declines or withdraws a request. Approving moves the alias; `null` where it moves none.
 *
 * @param request its id in the log, or a file's text
 * @throws CairnError `not_found`, `not_permitted`, `alias_protected`, `condition_failed`,
 *   `changed_since`, `invalid_log`, `invalid_text`
 */
export async function settleRequest(
  ctx: Ctx,
  registry: string,
  request: RequestUid | { readonly file: string },
  outcome: Outcome,
  noteText: string,
): Promise<AliasMove | null> {
  const note = parseNote(noteText);
  const asked: Asked =
    typeof request === "string"
      ? { kind: "logged", uid: request }
      : { kind: "file", signed: (await parseRequestFile(request.file)).signed };
  if (outcome === "approved") return approve(ctx, registry, asked, note);
  await append(ctx, registry, ({ state }) => [
    settleAct(state, asked, findOpen(state, asked), outcome, note),
  ]);
  return null;
}

async function approve(
  ctx: Ctx,
  registry: string,
  asked: Asked,
  note: string,
): Promise<AliasMove | null> {
  const on = await withRead(
    ctx.db,
    [...REGISTRY_STORES, "versions"],
    async (tx): Promise<Source> => {
      const { state } = await openRegistry(ctx, tx, registry);
      const { source } = linkOf(state, findOpen(state, asked));
      return { source, judged: await findJudged(tx, source) };
    },
  );
  const { acts } = await appendOn(ctx, registry, on, ({ state }) => {
    const request = findOpen(state, asked);
    const { number } = linkOf(state, request);
    const collection = getLiveCollection(state, request.collection);
    return [
      settleAct(state, asked, request, "approved", note),
      ...moveAct(state, collection, request.alias, number, on.judged, request.request),
    ];
  });
  return movesIn(acts)[0] ?? null;
}

function settleAct(
  state: RegistryState,
  asked: Asked,
  { request }: PromotionRequest,
  outcome: Outcome,
  note: string,
): ActOf<"promotion-settled"> {
  // One that is in the log needs no proof that it was asked for.
  const signed = asked.kind === "file" && !state.requests.has(request) ? asked.signed : null;
  return { kind: "promotion-settled", request, outcome, note, signed };
}

/** Throws `changed_since` where it was settled already. */
function findOpen(state: RegistryState, asked: Asked): PromotionRequest {
  const request =
    asked.kind === "logged" ? getRequest(state, asked.uid) : requestIn(state, asked.signed);
  if (request.settled === null) return request;
  const name = formatPlace(state.name, request.collection, request.alias);
  throw new CairnError("changed_since", { what: "request for", name });
}

/** The link a request is about. Throws `not_found`, and `changed_since` where its number means another version. */
function linkOf(state: RegistryState, { collection, number, source }: PromotionRequest): Link {
  const link = getLiveLink(state, getLiveCollection(state, collection), number);
  if (link.source.version === source) return link;
  const name = formatPlace(state.name, collection, formatVersion(number));
  throw new CairnError("changed_since", { what: "version", name });
}
