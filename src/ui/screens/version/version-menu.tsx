// What can be done with a version and its artifact, beside downloading.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import {
  Ellipsis,
  FilePen,
  GitCompare,
  Library,
  ListFilter,
  PackageX,
  ShieldCheck,
  Tags,
  Trash2,
} from "lucide";
import type { VersionRef } from "../../../core/records.ts";
import { formatVersion } from "../../../core/version.ts";
import type { VersionDetail } from "../../../protocol/browse-api.ts";
import type { DeleteTarget } from "../../../protocol/trash-api.ts";
import { useFindActions } from "../../find/actions.ts";
import type { IngestState } from "../../ingest/ingest-state.ts";
import { Icon } from "../../parts/icon.tsx";
import { lazy } from "../../parts/lazy.tsx";
import { Menu, type MenuItem } from "../../parts/menu.tsx";
import { compareHash, projectHash, versionHash } from "../../router.ts";
import { attempt } from "../../state/actions.ts";
import type { AppState } from "../../state/app-state.ts";
import { bytesItems, neverItem } from "../../state/bytes-offers.ts";
import { unlessReadOnly } from "../../state/read-only.ts";
import { remoteOf } from "../../state/synced-state.ts";

const DeleteDialog = lazy(() =>
  import("../delete/delete-dialog.tsx").then((module) => module.DeleteDialog),
);
const EvictDialog = lazy(() =>
  import("../../syncing/evict-dialog.tsx").then((module) => module.EvictDialog),
);
const NeverSentDialog = lazy(() =>
  import("./never-sent-dialog.tsx").then((module) => module.NeverSentDialog),
);
const KeepDialog = lazy(() => import("./keep-dialog.tsx").then((module) => module.KeepDialog));
const TagsDialog = lazy(() => import("./tags-dialog.tsx").then((module) => module.TagsDialog));

interface VersionMenuProps {
  readonly app: AppState;
  readonly ingest: IngestState;
  readonly detail: VersionDetail;
  readonly onLink: () => void;
}

export function VersionMenu({ app, ingest, detail, onLink }: VersionMenuProps): JSX.Element {
  const { artifact, version } = detail;
  const { project, name } = artifact;
  const [open, setOpen] = useState<"keep" | "tags" | "free" | "never" | DeleteTarget | null>(null);
  const close = (): void => setOpen(null);
  const ref: VersionRef = { project, name, number: version.number };
  const remote = remoteOf(app.sync.remotes.value, project);
  const scope = { kind: "artifact", project, name } as const;
  const startDraft = (): Promise<boolean> =>
    attempt(app.toasts, async () => {
      const { digest } = version;
      const manifest = await app.cairn.store.getManifest(digest);
      ingest.startFrom({ version: ref, type: artifact.type, digest, manifest });
    });
  const items: readonly MenuItem[] = [
    ...unlessReadOnly([
      { label: "New draft from this…", icon: FilePen, run: () => void startDraft() },
    ]),
    {
      label: "Compare with another…",
      icon: GitCompare,
      // The page asks for the other side.
      run: () => {
        location.hash = compareHash("", `${project}/${name}:${formatVersion(version.number)}`);
      },
    },
    ...unlessReadOnly([{ label: "Link to a registry…", icon: Library, run: onLink }]),
    {
      label: "Verify",
      icon: ShieldCheck,
      run: () => void app.verify.start({ kind: "version", ...ref, paths: null }),
    },
    ...unlessReadOnly<MenuItem>([
      { label: "Keep rule…", icon: ListFilter, run: () => setOpen("keep") },
      { label: "Artifact tags…", icon: Tags, run: () => setOpen("tags") },
      ...bytesItems(app, scope, () => setOpen("free")),
      ...neverItem(remote, artifact, () => setOpen("never")),
      {
        label: "Delete version…",
        startsGroup: remote !== null,
        icon: Trash2,
        isDanger: true,
        run: () => setOpen({ kind: "versions", project, name, numbers: [version.number] }),
      },
      {
        label: "Delete artifact…",
        icon: PackageX,
        isDanger: true,
        run: () => setOpen({ kind: "artifact", project, name }),
      },
    ]),
  ];
  const detailText = `${name}:${formatVersion(version.number)}`;
  const offered = items.filter(({ icon }) => icon !== GitCompare);
  useFindActions(offered.map((item) => ({ ...item, detail: detailText })));
  return (
    <>
      <Menu class="button is-plain version-more" label="More" items={items}>
        <Icon icon={Ellipsis} />
      </Menu>
      {open === "keep" && <KeepDialog app={app} artifact={artifact} onClose={close} />}
      {open === "tags" && <TagsDialog app={app} artifact={artifact} onClose={close} />}
      {open === "free" && <EvictDialog app={app} scope={scope} onClose={close} />}
      {open === "never" && remote !== null && (
        <NeverSentDialog app={app} remote={remote} artifact={artifact} onClose={close} />
      )}
      {open !== null && typeof open === "object" && (
        <DeleteDialog
          app={app}
          target={open}
          next={
            open.kind === "versions" && artifact.versionCount > 1
              ? versionHash(project, name, "latest")
              : projectHash(project)
          }
          onClose={close}
        />
      )}
    </>
  );
}
