// Who uses this browser: a name, and the device key that signs what they do in registries [P8].
import { CairnError } from "../../core/errors.ts";
import { findHubUserProblem, findNameProblem } from "../../core/registry/people.ts";
import type { IdentityRecord } from "../../store/schema.ts";
import { withRead, withWrite, type ReadTx } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { makeKey } from "./signing.ts";

/** The person of this browser, or `null` before they said who they are. */
export async function findIdentity(tx: ReadTx<"identity">): Promise<IdentityRecord | null> {
  return (await tx.objectStore("identity").get("self")) ?? null;
}

/** The person of this browser. Throws `no_profile`. */
export async function getIdentity(tx: ReadTx<"identity">): Promise<IdentityRecord> {
  const me = await findIdentity(tx);
  if (me === null) throw new CairnError("no_profile", {});
  return me;
}

/**
 * Gives the person a name, and a key the first time. Nothing is written where it says the same.
 *
 * @throws CairnError `invalid_text`, `signing_unavailable`
 */
export async function saveIdentity(
  ctx: Ctx,
  name: string,
  hubUser: string | null,
): Promise<IdentityRecord> {
  const wanted = { name: parsePersonName(name), hubUser: parseHubUser(hubUser) };
  const known = await withRead(ctx.db, ["identity"], findIdentity);
  if (known?.name === wanted.name && known.hubUser === wanted.hubUser) return known;
  const fresh = known ?? { ...(await makeKey()), createdAt: ctx.now() };
  const saved = await withWrite(ctx.db, ["identity"], async (tx) => {
    // Another tab may have made a key meanwhile, and there is to be one.
    const { key, privateKey, createdAt } = (await findIdentity(tx)) ?? fresh;
    const record: IdentityRecord = { ...wanted, key, privateKey, createdAt };
    await tx.objectStore("identity").put(record, "self");
    return record;
  });
  ctx.notify({ kind: "registry-changed", registry: "" });
  return saved;
}

/** What somebody is called, without blanks at its ends. Throws `invalid_text`. */
export function parsePersonName(text: string): string {
  const name = text.trim();
  const reason = findNameProblem(name);
  if (reason !== null) throw new CairnError("invalid_text", { field: "name", reason });
  return name;
}

/** A Hugging Face user name, or `null` for none. */
function parseHubUser(text: string | null): string | null {
  const user = text?.trim() ?? "";
  if (user === "") return null;
  const reason = findHubUserProblem(user);
  if (reason !== null) throw new CairnError("invalid_text", { field: "user name", reason });
  return user;
}
