// A registry's settings: readable by everybody, changed by its admins [G2 P1 P7].
import type { JSX } from "preact";
import { Lock } from "lucide";
import { Icon } from "../../../parts/icon.tsx";
import { isReadOnly } from "../../../state/read-only.ts";
import { refusalOf } from "../refusal.ts";
import { General } from "./general.tsx";
import { People } from "./people.tsx";
import { ProtectedAliases } from "./protected-aliases.tsx";
import { RoleTable } from "./role-table.tsx";
import { REFUSAL_ID, type SettingsProps } from "./settings-props.ts";
import "./settings-tab.css";

export function SettingsTab({ app, registry }: Omit<SettingsProps, "refusal">): JSX.Element {
  const refusal = refusalOf(registry, "edit_settings");
  const shared = { app, registry, refusal };
  return (
    <div class="registry-settings">
      {refusal !== null && !isReadOnly() && (
        <p class="registry-refusal" id={REFUSAL_ID}>
          <Icon icon={Lock} /> {refusal}
        </p>
      )}
      <General {...shared} />
      <ProtectedAliases {...shared} />
      <People {...shared} />
      <RoleTable own={isReadOnly() ? null : registry.role} />
    </div>
  );
}
