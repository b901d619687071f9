// The person of this browser as they and others see them [P8].
import { formatCard } from "../../core/registry/people.ts";
import type { Profile } from "../../protocol/registry-manage-api.ts";
import type { IdentityRecord } from "../../store/schema.ts";
import { withRead } from "../../store/transaction.ts";
import type { Ctx } from "../context.ts";
import { findIdentity, saveIdentity } from "./identity.ts";

/** Who uses this browser; `null` before they said so. */
export async function getProfile(ctx: Ctx): Promise<Profile | null> {
  const me = await withRead(ctx.db, ["identity"], findIdentity);
  return me === null ? null : profileOf(me);
}

/** Gives a name, and makes the device key the first time. Throws `invalid_text`, `signing_unavailable`. */
export async function setProfile(ctx: Ctx, name: string, hubUser: string | null): Promise<Profile> {
  return profileOf(await saveIdentity(ctx, name, hubUser));
}

function profileOf({ name, hubUser, key, createdAt }: IdentityRecord): Profile {
  return { name, hubUser, key, createdAt, card: formatCard({ key, name, hubUser }) };
}
