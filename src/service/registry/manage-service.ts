// People, registries, their rules and collections.
import type { ManageApi } from "../../protocol/registry-manage-api.ts";
import type { Ctx } from "../context.ts";
import {
  createCollection,
  deleteCollection,
  editCollection,
  restoreCollection,
} from "./collections.ts";
import { addMember, changeMember, removeMember } from "./members.ts";
import { listPeople, readCard } from "./people.ts";
import { getProfile, setProfile } from "./profile.ts";
import { addProtection, changeProtection, removeProtection } from "./protections.ts";
import {
  createRegistry,
  deleteRegistry,
  editRegistry,
  forgetRegistry,
  restoreRegistry,
} from "./registries.ts";

export function createManageService(ctx: Ctx): ManageApi {
  return {
    getProfile: () => getProfile(ctx),
    setProfile: (name, hubUser) => setProfile(ctx, name, hubUser),
    listPeople: () => listPeople(ctx),
    readCard: (text) => readCard(ctx, text),
    createRegistry: (fields) => createRegistry(ctx, fields),
    editRegistry: (registry, edit) => editRegistry(ctx, registry, edit),
    deleteRegistry: (registry) => deleteRegistry(ctx, registry),
    restoreRegistry: (registry) => restoreRegistry(ctx, registry),
    forgetRegistry: (registry) => forgetRegistry(ctx, registry),
    addMember: (registry, card, role) => addMember(ctx, registry, card, role),
    changeMember: (registry, key, fields) => changeMember(ctx, registry, key, fields),
    removeMember: (registry, key) => removeMember(ctx, registry, key),
    addProtection: (registry, pattern, condition) =>
      addProtection(ctx, registry, pattern, condition),
    changeProtection: (registry, pattern, condition) =>
      changeProtection(ctx, registry, pattern, condition),
    removeProtection: (registry, pattern) => removeProtection(ctx, registry, pattern),
    createCollection: (registry, fields) => createCollection(ctx, registry, fields),
    editCollection: (registry, collection, edit, expected) =>
      editCollection(ctx, registry, collection, edit, expected),
    deleteCollection: (registry, collection) => deleteCollection(ctx, registry, collection),
    restoreCollection: (registry, collection) => restoreCollection(ctx, registry, collection),
  };
}
