// People in registries: each with a device of their own, or taking turns at one.
import { formatCard } from "../../src/core/registry/people.ts";
import type { RegistryAct, RegistryEvent } from "../../src/core/registry/records.ts";
import { ROLES, type Role } from "../../src/core/registry/roles.ts";
import type { NewRegistry } from "../../src/protocol/registry-manage-api.ts";
import type { StoreApi } from "../../src/protocol/store-api.ts";
import { findIdentity } from "../../src/service/registry/identity.ts";
import {
  openRegistry,
  REGISTRY_STORES,
  type OpenRegistry,
} from "../../src/service/registry/read-registry.ts";
import { makeKey } from "../../src/service/registry/signing.ts";
import type { IdentityRecord, StoredRegistryEvent } from "../../src/store/schema.ts";
import { withRead, withWrite } from "../../src/store/transaction.ts";
import { openHarness, type Harness } from "./service-harness.ts";

/** Somebody at a device of their own. */
export interface Actor extends Harness {
  readonly me: IdentityRecord;
}

/** Opens a device whose person has said who they are. */
export async function openActor(
  name: string,
  ...options: Parameters<typeof openHarness>
): Promise<Actor> {
  const harness = await openHarness(...options);
  await harness.api.setProfile(name, null);
  const me = await withRead(harness.ctx.db, ["identity"], findIdentity);
  if (me === null) throw new Error("setProfile kept nobody");
  return { ...harness, me };
}

/** Somebody with a key, who is at no device yet. */
export async function makePerson(
  name: string,
  hubUser: string | null = null,
): Promise<IdentityRecord> {
  return { name, hubUser, ...(await makeKey()), createdAt: new Date().toISOString() };
}

/** Lets another person use a device from now on. */
export async function actAs(
  { ctx, api }: { readonly ctx: Pick<Harness["ctx"], "db">; readonly api: StoreApi },
  person: IdentityRecord,
): Promise<StoreApi> {
  await withWrite(ctx.db, ["identity"], (tx) => tx.objectStore("identity").put(person, "self"));
  return api;
}

/** What somebody sends to be added. */
export function cardOf({ key, name, hubUser }: IdentityRecord): string {
  return formatCard({ key, name, hubUser });
}

/** Copies a registry's log as it stands to another device, over what that one had of it. */
export async function shareLog(from: Harness, to: Harness, registry: string): Promise<void> {
  const { record } = await readRegistry(from, registry);
  const rows = await readLog(from, registry);
  await withWrite(to.ctx.db, [...REGISTRY_STORES], async (tx) => {
    const store = tx.objectStore("registryEvents");
    await store.delete(IDBKeyRange.bound([record.uid], [record.uid, []]));
    for (const row of rows) await store.put(row, [record.uid, row.event.seq]);
    await tx.objectStore("registries").put(record);
  });
}

/** A registry as a device has it. */
export function readRegistry({ ctx }: Harness, registry: string): Promise<OpenRegistry> {
  return withRead(ctx.db, [...REGISTRY_STORES], (tx) => openRegistry(ctx, tx, registry));
}

/** A registry's log as a device has it. */
export async function readLog(
  harness: Harness,
  registry: string,
): Promise<readonly StoredRegistryEvent[]> {
  const { record } = await readRegistry(harness, registry);
  const whole = IDBKeyRange.bound([record.uid], [record.uid, []]);
  return harness.ctx.db.getAll("registryEvents", whole);
}

/** What was done in a registry, by kind. */
export async function readKinds(
  harness: Harness,
  registry: string,
): Promise<readonly RegistryEvent["act"]["kind"][]> {
  return (await readLog(harness, registry)).map(({ event }) => event.act.kind);
}

/** Fields of a registry that takes everything. */
export function aRegistry(fields: Partial<NewRegistry> = {}): NewRegistry {
  return { name: "models", description: "", types: [], visibility: "open", ...fields };
}

/** One device and a registry `models` on it, with somebody in each role. */
export interface Cast extends Harness {
  readonly people: Readonly<Record<Role, IdentityRecord>>;
  /** Lets the one with this role use the device. */
  as(role: Role): Promise<StoreApi>;
}

/** Opens a {@link Cast}, with the admin at the device. People are called by their roles. */
export async function openCast(fields: Partial<NewRegistry> = {}): Promise<Cast> {
  const harness = await openHarness();
  const made = await Promise.all(
    ROLES.map(async (role) => [role, await makePerson(role)] as const),
  );
  const people = Object.fromEntries(made) as Record<Role, IdentityRecord>;
  const api = await actAs(harness, people.admin);
  const { name } = await api.createRegistry(aRegistry(fields));
  for (const role of ROLES)
    if (role !== "admin") await api.addMember(name, cardOf(people[role]), role);
  return { ...harness, people, as: (role) => actAs(harness, people[role]) };
}

/** A new collection of models. */
export const newCollection = (
  name: string,
): Extract<RegistryAct, { kind: "collection-created" }> => ({
  kind: "collection-created",
  collection: name as never,
  type: "model" as never,
  card: "",
  tags: [],
});

/** Ada with a registry `models`. */
export async function openAda(...options: Parameters<typeof openHarness>): Promise<Actor> {
  const ada = await openActor("Ada", ...options);
  await ada.api.createRegistry(aRegistry());
  return ada;
}
