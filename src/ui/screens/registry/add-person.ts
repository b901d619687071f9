// Puts somebody on a registry's list, with a way back.
import { showHidden } from "../../../core/errors.ts";
import { formatCard, type Card } from "../../../core/registry/people.ts";
import { roleName, type Role } from "../../../core/registry/roles.ts";
import type { AppState } from "../../state/app-state.ts";

/** Adds a person, and says so. Throws what the store throws. */
export async function addPerson(
  app: AppState,
  registry: string,
  card: Card,
  role: Role,
): Promise<void> {
  const { store } = app.cairn;
  const member = await store.addMember(registry, formatCard(card), role);
  const name = showHidden(member.name);
  const said = `“${name}” is ${roleName(role)} in “${showHidden(registry)}”. Send them its exported log.`;
  app.undo.offer(said, async () => {
    await store.removeMember(registry, member.key);
    return `“${name}” is not on the list any more.`;
  });
}
