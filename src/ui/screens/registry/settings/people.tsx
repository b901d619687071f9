// Who is in a registry, and what each may do [P7].
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { UserPlus } from "lucide";
import { showHidden } from "../../../../core/errors.ts";
import { formatCard } from "../../../../core/registry/people.ts";
import { roleName, type Role } from "../../../../core/registry/roles.ts";
import type { Member } from "../../../../core/registry/state.ts";
import { Button } from "../../../parts/button.tsx";
import { VirtualList } from "../../../parts/virtual-list.tsx";
import { attempt } from "../../../state/actions.ts";
import type { AppState } from "../../../state/app-state.ts";
import { isReadOnly } from "../../../state/read-only.ts";
import { AddPersonDialog } from "./add-person-dialog.tsx";
import { OwnRightsDialog, type OwnRights } from "./own-rights-dialog.tsx";
import { PersonRow } from "./person-row.tsx";
import { closed, type SettingsProps } from "./settings-props.ts";

const ROW_HEIGHT = 72;

export function People({ app, registry, refusal }: SettingsProps): JSX.Element {
  const { memberList, name, asOf, isDeleted, ownKey } = registry;
  const isAdding = useSignal(false);
  /** What somebody is about to take from themselves. */
  const given = useSignal<OwnRights | null>(null);
  const setRole = (member: Member, role: Role): void => {
    if (member.key === ownKey) given.value = { member, role };
    else void changeRole(app, name, member, role);
  };
  const remove = (member: Member): void => {
    if (member.key === ownKey) given.value = { member, role: null };
    else void removeMember(app, name, member);
  };
  return (
    <section class="card settings-section" aria-labelledby="people-title">
      <header>
        <h2 id="people-title">People</h2>
        <span class="muted number">{memberList.length.toLocaleString("en")}</span>
        {!isReadOnly() && (
          <Button
            small
            icon={UserPlus}
            {...closed(refusal)}
            onClick={() => (isAdding.value = true)}
          >
            Add person
          </Button>
        )}
      </header>
      <VirtualList
        class="people-list"
        count={memberList.length}
        rowHeight={ROW_HEIGHT}
        keyOf={(i) => memberList[i]?.key ?? i}
        attributes={{ role: "list", "aria-label": "People" }}
        renderRow={(i) => {
          const member = memberList[i];
          if (member === undefined) return null;
          const isOwn = member.key === ownKey;
          return (
            <PersonRow
              member={member}
              isOwn={isOwn}
              refusal={refusal}
              mayGo={refusal === null || (isOwn && asOf === null && !isDeleted)}
              onRole={(role) => setRole(member, role)}
              onRemove={() => remove(member)}
            />
          );
        }}
      />
      {isAdding.value && (
        <AddPersonDialog app={app} registry={registry} onClose={() => (isAdding.value = false)} />
      )}
      {given.value !== null && (
        <OwnRightsDialog
          app={app}
          registry={name}
          rights={given.value}
          onClose={() => (given.value = null)}
        />
      )}
    </section>
  );
}

function changeRole(app: AppState, registry: string, member: Member, role: Role): Promise<boolean> {
  const { store } = app.cairn;
  const name = showHidden(member.name);
  return attempt(app.toasts, async () => {
    await store.changeMember(registry, member.key, { role });
    app.undo.offer(`“${name}” is ${roleName(role)} now.`, async () => {
      await store.changeMember(registry, member.key, { role: member.role });
      return `“${name}” is ${roleName(member.role)} again.`;
    });
  });
}

function removeMember(app: AppState, registry: string, member: Member): Promise<boolean> {
  const { store } = app.cairn;
  const name = showHidden(member.name);
  return attempt(app.toasts, async () => {
    await store.removeMember(registry, member.key);
    // The button is gone with its row.
    document.getElementById("main")?.focus({ preventScroll: true });
    app.undo.offer(`“${name}” is removed. What they did stays.`, async () => {
      await store.addMember(registry, formatCard(member), member.role);
      return `“${name}” is ${roleName(member.role)} again.`;
    });
  });
}
