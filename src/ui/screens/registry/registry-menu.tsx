// What can be done with a whole registry.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { EyeOff, Ellipsis, FileDown, RotateCcw, Trash2 } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import type { RegistryDetail } from "../../../protocol/registry-link-api.ts";
import { Icon } from "../../parts/icon.tsx";
import { Menu, type MenuItem } from "../../parts/menu.tsx";
import { attempt } from "../../state/actions.ts";
import type { AppState } from "../../state/app-state.ts";
import { unlessReadOnly } from "../../state/read-only.ts";
import { DeleteRegistryDialog } from "./delete-registry-dialog.tsx";
import { ForgetDialog } from "./forget-dialog.tsx";
import { saveLog } from "./save-log.ts";

interface RegistryMenuProps {
  readonly app: AppState;
  readonly registry: RegistryDetail;
}

export function RegistryMenu({ app, registry }: RegistryMenuProps): JSX.Element {
  const { name, isDeleted } = registry;
  const asked = useSignal<"delete" | "forget" | null>(null);
  const close = (): void => {
    asked.value = null;
  };
  const restore = (): Promise<boolean> =>
    attempt(app.toasts, async () => {
      await app.cairn.store.restoreRegistry(name);
      app.toasts.show({ kind: "success", text: `“${showHidden(name)}” is back.` });
    });
  return (
    <>
      <Menu
        class="button is-plain is-icon"
        label="More"
        items={[
          {
            label: "Export the log",
            icon: FileDown,
            run: () => void attempt(app.toasts, () => saveLog(app, name)),
          },
          ...unlessReadOnly<MenuItem>([
            isDeleted
              ? {
                  label: "Restore registry",
                  icon: RotateCcw,
                  startsGroup: true,
                  run: () => void restore(),
                }
              : {
                  label: "Delete registry…",
                  icon: Trash2,
                  isDanger: true,
                  startsGroup: true,
                  run: () => (asked.value = "delete"),
                },
            {
              label: "Forget here…",
              icon: EyeOff,
              isDanger: true,
              run: () => (asked.value = "forget"),
            },
          ]),
        ]}
      >
        <Icon icon={Ellipsis} />
      </Menu>
      {asked.value === "delete" && (
        <DeleteRegistryDialog app={app} registry={registry} onClose={close} />
      )}
      {asked.value === "forget" && <ForgetDialog app={app} registry={name} onClose={close} />}
    </>
  );
}
