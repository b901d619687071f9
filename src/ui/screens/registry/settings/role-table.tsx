// What each role may do [P7].
import type { JSX } from "preact";
import { Check, Minus } from "lucide";
import { mayDo, roleName, ROLES, type Role } from "../../../../core/registry/roles.ts";
import { Icon } from "../../../parts/icon.tsx";
import { PERMISSION_ROWS } from "../role-text.ts";

interface RoleTableProps {
  /** The role of who looks; `null` where they have none. */
  readonly own: Role | null;
}

export function RoleTable({ own }: RoleTableProps): JSX.Element {
  return (
    <section class="card settings-section" aria-labelledby="roles-title">
      <header>
        <h2 id="roles-title">Roles</h2>
      </header>
      <div class="role-table" tabIndex={0} role="group" aria-labelledby="roles-title">
        <table>
          <thead>
            <tr>
              <th scope="col">May</th>
              {ROLES.map((role) => (
                <th key={role} scope="col" class={role === own ? "is-own" : ""}>
                  {roleName(role)}
                  {role === own && <span class="role-own">you</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {PERMISSION_ROWS.map(({ permission, text }) => (
              <tr key={permission}>
                <th scope="row">{text}</th>
                {ROLES.map((role) => (
                  <td key={role} class={role === own ? "is-own" : ""}>
                    {mayDo(role, permission) ? (
                      <Icon icon={Check} label="yes" />
                    ) : (
                      <span class="role-no">
                        <Icon icon={Minus} label="no" />
                      </span>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="muted">
        Cairn checks this wherever something is written: on pages, by the API, and of every event
        that comes in a file. Whoever holds this browser's data can still change what this browser
        shows; in the log of others it has no effect.
      </p>
    </section>
  );
}
