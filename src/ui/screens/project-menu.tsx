// What can be done with a whole project.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Ellipsis, Trash2 } from "lucide";
import { useFindActions } from "../find/actions.ts";
import { Icon } from "../parts/icon.tsx";
import { lazy } from "../parts/lazy.tsx";
import { Menu, type MenuItem } from "../parts/menu.tsx";
import { formatRoute } from "../router.ts";
import type { AppState } from "../state/app-state.ts";
import { bytesItems, syncItem } from "../state/bytes-offers.ts";

const EvictDialog = lazy(() =>
  import("../syncing/evict-dialog.tsx").then((module) => module.EvictDialog),
);
const DeleteDialog = lazy(() =>
  import("./delete/delete-dialog.tsx").then((module) => module.DeleteDialog),
);

export function ProjectMenu({
  app,
  project,
}: {
  readonly app: AppState;
  readonly project: string;
}): JSX.Element {
  const [open, setOpen] = useState<"delete" | "free" | null>(null);
  const close = (): void => setOpen(null);
  const scope = { kind: "project", project } as const;
  const items: readonly MenuItem[] = [
    ...syncItem(app, project),
    ...bytesItems(app, scope, () => setOpen("free")),
    {
      label: "Delete project…",
      icon: Trash2,
      isDanger: true,
      startsGroup: true,
      run: () => setOpen("delete"),
    },
  ];
  useFindActions(
    items.filter(({ isDanger }) => isDanger !== true).map((item) => ({ ...item, detail: project })),
  );
  return (
    <>
      <Menu class="button is-plain is-icon" label="More" items={items}>
        <Icon icon={Ellipsis} />
      </Menu>
      {open === "free" && <EvictDialog app={app} scope={scope} onClose={close} />}
      {open === "delete" && (
        <DeleteDialog
          app={app}
          target={{ kind: "project", project }}
          next={formatRoute({ kind: "home" })}
          onClose={close}
        />
      )}
    </>
  );
}
