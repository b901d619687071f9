// Asks before somebody takes rights from themselves: only others can give them back.
import type { JSX } from "preact";
import { showHidden } from "../../../../core/errors.ts";
import { roleName, type Role } from "../../../../core/registry/roles.ts";
import type { Member } from "../../../../core/registry/state.ts";
import { TaskDialog } from "../../../parts/task-dialog.tsx";
import type { AppState } from "../../../state/app-state.ts";

/** What the person using this browser would be; `null` for leaving. */
export interface OwnRights {
  readonly member: Member;
  readonly role: Role | null;
}

interface OwnRightsDialogProps {
  readonly app: AppState;
  readonly registry: string;
  readonly rights: OwnRights;
  readonly onClose: () => void;
}

export function OwnRightsDialog(props: OwnRightsDialogProps): JSX.Element {
  const { app, registry, rights, onClose } = props;
  const { member, role } = rights;
  const name = showHidden(registry);
  const save = async (): Promise<void> => {
    const { store } = app.cairn;
    if (role === null) await store.removeMember(registry, member.key);
    else await store.changeMember(registry, member.key, { role });
    onClose();
    const text =
      role === null ? `You left “${name}”.` : `You are ${roleName(role)} in “${name}” now.`;
    app.toasts.show({ kind: "success", text });
  };
  return (
    <TaskDialog
      title={role === null ? `Leave ${name}` : `Become ${roleName(role)} in ${name}`}
      action={role === null ? "Leave" : `Become ${roleName(role)}`}
      isDangerous
      run={save}
      onClose={onClose}
    >
      <p>
        You are {roleName(member.role)} there. You can't take this back yourself: only an Admin can
        give you the role again.
      </p>
    </TaskDialog>
  );
}
