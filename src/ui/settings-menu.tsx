// Reached from every page: how the app looks, and the pages that look after the store.
import type { JSX } from "preact";
import {
  Cloud,
  FileSearch,
  Monitor,
  Moon,
  Settings2,
  ShieldCheck,
  Sun,
  Trash2,
  UserRound,
  type IconNode,
} from "lucide";
import { Icon } from "./parts/icon.tsx";
import { Menu } from "./parts/menu.tsx";
import { formatRoute, type Route } from "./router.ts";
import type { FindState } from "./state/find-state.ts";
import { unlessReadOnly } from "./state/read-only.ts";
import { chooseTheme, THEMES, theme, type Theme } from "./theme.ts";

const LOOKS: Readonly<Record<Theme, { readonly label: string; readonly icon: IconNode }>> = {
  system: { label: "System theme", icon: Monitor },
  light: { label: "Light theme", icon: Sun },
  dark: { label: "Dark theme", icon: Moon },
};

export function SettingsMenu({ find }: { readonly find: FindState }): JSX.Element {
  return (
    <Menu
      class="button is-plain is-icon"
      label="Settings"
      items={[
        ...THEMES.map((name) => ({
          ...LOOKS[name],
          isChecked: theme.value === name,
          run: () => chooseTheme(name),
        })),
        {
          label: "Identify files…",
          icon: FileSearch,
          startsGroup: true,
          run: () => find.chooseToIdentify("files"),
        },
        ...unlessReadOnly([
          {
            label: "Sync",
            icon: Cloud,
            startsGroup: true,
            run: () => open({ kind: "sync", connect: null }),
          },
          {
            label: "Profile",
            icon: UserRound,
            run: () => open({ kind: "profile", add: "" }),
          },
        ]),
        {
          label: "Storage & safety",
          icon: ShieldCheck,
          run: () => open({ kind: "care", subject: "" }),
        },
        ...unlessReadOnly([{ label: "Trash", icon: Trash2, run: () => open({ kind: "trash" }) }]),
      ]}
    >
      <Icon icon={Settings2} />
    </Menu>
  );
}

function open(route: Route): void {
  location.hash = formatRoute(route);
}
