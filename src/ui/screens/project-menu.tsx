// What can be done with a whole project.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Ellipsis, Trash2 } from "lucide";
import { Icon } from "../parts/icon.tsx";
import { lazy } from "../parts/lazy.tsx";
import { Menu } from "../parts/menu.tsx";
import { formatRoute } from "../router.ts";
import type { AppState } from "../state/app-state.ts";

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
  const [isDeleting, setDeleting] = useState(false);
  return (
    <>
      <Menu
        class="button is-plain is-icon"
        label="More"
        items={[
          {
            label: "Delete project…",
            icon: Trash2,
            isDanger: true,
            run: () => setDeleting(true),
          },
        ]}
      >
        <Icon icon={Ellipsis} />
      </Menu>
      {isDeleting && (
        <DeleteDialog
          app={app}
          target={{ kind: "project", project }}
          next={formatRoute({ kind: "home" })}
          onClose={() => setDeleting(false)}
        />
      )}
    </>
  );
}
