// One person of a registry: name, key, role.
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { LogOut, UserMinus } from "lucide";
import { showHidden } from "../../../../core/errors.ts";
import { shortKey } from "../../../../core/registry/names.ts";
import { roleName, ROLES, type Role } from "../../../../core/registry/roles.ts";
import type { Member } from "../../../../core/registry/state.ts";
import { IconButton } from "../../../parts/button.tsx";
import { Chip } from "../../../parts/chip.tsx";
import { CopyButton } from "../../../parts/copy-button.tsx";
import { formatAgo, formatTime } from "../../../parts/format.ts";
import { isReadOnly } from "../../../state/read-only.ts";
import "../../../parts/input.css";
import { closed } from "./settings-props.ts";

interface PersonRowProps {
  readonly member: Member;
  /** The person using this browser. */
  readonly isOwn: boolean;
  readonly refusal: string | null;
  /** They can be taken off the list: by an admin, or by themselves. */
  readonly mayGo: boolean;
  readonly onRole: (role: Role) => void;
  readonly onRemove: () => void;
}

export function PersonRow(props: PersonRowProps): JSX.Element {
  const { member, isOwn, refusal, mayGo, onRole, onRemove } = props;
  const { key, hubUser, role, addedAt } = member;
  const name = showHidden(member.name);
  return (
    <div role="listitem" class="person-row">
      <span class="person-name">
        <strong>
          {name}
          {isOwn && <span class="muted"> (you)</span>}
        </strong>
        <span class="muted">
          {hubUser !== null && <>{showHidden(hubUser)} · </>}
          <code title={key}>{shortKey(key)}</code>
          <CopyButton text={key} label={`Copy the key of ${name}`} />
          <time dateTime={addedAt} title={formatTime(addedAt)}>
            added {formatAgo(addedAt)}
          </time>
        </span>
      </span>
      {isReadOnly() ? (
        <Chip>{roleName(role)}</Chip>
      ) : (
        <>
          <RoleSelect name={name} role={role} refusal={refusal} onChange={onRole} />
          <IconButton
            icon={isOwn ? LogOut : UserMinus}
            label={isOwn ? "Leave this registry" : `Remove ${name}`}
            {...(!mayGo && closed(refusal))}
            onClick={onRemove}
          />
        </>
      )}
    </div>
  );
}

interface RoleSelectProps {
  readonly name: string;
  readonly role: Role;
  readonly refusal: string | null;
  readonly onChange: (role: Role) => void;
}

/** Shows the role that holds, also after a change that was refused or is asked about first. */
function RoleSelect({ name, role, refusal, onChange }: RoleSelectProps): JSX.Element {
  const select = useRef<HTMLSelectElement>(null);
  useLayoutEffect(() => {
    if (select.current !== null) select.current.value = role;
  }, [role]);
  return (
    <select
      ref={select}
      class="input"
      aria-label={`Role of ${name}`}
      {...closed(refusal)}
      defaultValue={role}
      onChange={({ currentTarget }) => {
        const chosen = ROLES.find((other) => other === currentTarget.value) ?? role;
        currentTarget.value = role;
        if (chosen !== role) onChange(chosen);
      }}
    >
      {ROLES.map((choice) => (
        <option key={choice} value={choice}>
          {roleName(choice)}
        </option>
      ))}
    </select>
  );
}
