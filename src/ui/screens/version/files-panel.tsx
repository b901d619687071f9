// The files of a version: find, look into, choose, download.
import { useEffect, useMemo, useState } from "preact/hooks";
import type { JSX } from "preact";
import { Download, FolderDown } from "lucide";
import type { VersionRef } from "../../../core/records.ts";
import { rowOf, type Manifest } from "../../../core/manifest.ts";
import type { VersionDetail } from "../../../protocol/browse-api.ts";
import type { AwayFiles } from "../../../protocol/remote-api.ts";
import { Button } from "../../parts/button.tsx";
import { formatBytes, formatCount } from "../../parts/format.ts";
import { lazy } from "../../parts/lazy.tsx";
import { LoadFailure } from "../../parts/load-failure.tsx";
import { Loading } from "../../parts/loading.tsx";
import { SearchInput } from "../../parts/search-input.tsx";
import { formatRoute, type VersionRoute } from "../../router.ts";
import type { AppState } from "../../state/app-state.ts";
import { Away } from "../../state/copies-state.ts";
import { FileTreeState } from "../../state/file-tree-state.ts";
import { useResource } from "../../state/use-resource.ts";
import { AwayNote } from "./away-note.tsx";
import { FileTree } from "./file-tree.tsx";
import { FilesSplit } from "./files-split.tsx";
import "./files-panel.css";

const PreviewPane = lazy(() =>
  import("../../previews/preview-pane.tsx").then((module) => module.PreviewPane),
);

/** Until it is known that some are elsewhere. */
const NOTHING_AWAY: readonly AwayFiles[] = [];

interface FilesPanelProps {
  readonly app: AppState;
  readonly detail: VersionDetail;
  readonly route: VersionRoute;
}

export function FilesPanel({ app, detail, route }: FilesPanelProps): JSX.Element {
  const { store } = app.cairn;
  const { artifact, version } = detail;
  const ref: VersionRef = {
    project: artifact.project,
    name: artifact.name,
    number: version.number,
  };
  const loaded = useResource(app, version.digest, () => store.getManifest(version.digest));
  const groups = useResource(app, `${version.uid} ${version.number}`, () => store.listAway(ref));
  const manifest = loaded.phase === "ready" ? loaded.value : null;
  const found = groups.phase === "ready" ? groups.value : NOTHING_AWAY;
  const away = useMemo(
    () => (manifest === null ? null : new Away(manifest, found)),
    [manifest, found],
  );
  return (
    <section class="files" aria-label="Files">
      {loaded.phase === "loading" && <Loading what="files" />}
      {loaded.phase === "failed" && <LoadFailure problem={loaded.problem} />}
      {manifest !== null && away !== null && (
        <Files app={app} version={ref} route={route} manifest={manifest} away={away} />
      )}
    </section>
  );
}

interface FilesProps {
  readonly app: AppState;
  readonly version: VersionRef;
  readonly route: VersionRoute;
  readonly manifest: Manifest;
  /** Which of the files are elsewhere. */
  readonly away: Away;
}

function Files({ app, version, route, manifest, away }: FilesProps): JSX.Element {
  const [tree] = useState(() => new FileTreeState(manifest));
  const { download } = app;
  const { file } = route;
  useEffect(() => tree.search(route.query), [tree, route.query]);
  useEffect(() => {
    if (file !== "" && file !== tree.activePath) tree.reveal(file);
  }, [tree, file]);
  const count = tree.chosenCount;
  const busy = download.running.value !== null;
  /** The first file makes a step in the history, so that Back closes it. */
  const open = (path: string): void => {
    const next = { ...route, file: path };
    if (file === "") location.hash = formatRoute(next);
    else app.replaceRoute(next);
  };
  const close = (): void => app.replaceRoute({ ...route, file: "" });
  return (
    <>
      <div class="files-bar">
        <SearchInput
          label="Search in paths"
          value={route.query}
          onInput={(query) => app.replaceRoute({ ...route, query })}
        />
        <div class="files-actions">
          {app.cairn.canSaveToFolder && (
            <Button
              icon={FolderDown}
              disabled={busy}
              onClick={() => void download.folder(version, tree.chosenPaths)}
            >
              Save to folder…
            </Button>
          )}
          <Button
            variant="primary"
            icon={Download}
            disabled={busy}
            onClick={() => void download.zip(version, tree.chosenPaths)}
          >
            {count === 0 ? "Download zip" : `Download ${formatCount(count, "file")}`}
          </Button>
        </div>
      </div>
      {away.files > 0 && <AwayNote app={app} version={version} manifest={manifest} away={away} />}
      <FilesSplit
        isOpen={file !== ""}
        onClose={close}
        pane={
          <PreviewPane
            app={app}
            version={version}
            manifest={manifest}
            away={away}
            path={file}
            onOpen={open}
            onClose={close}
          />
        }
      >
        <FileTree
          tree={tree}
          away={away}
          openPath={file}
          onOpen={open}
          onMove={() => {
            const path = tree.activePath;
            if (file !== "" && path !== null) open(path);
          }}
          onDownload={(path) => void download.file(version, path, away.has(rowOf(manifest, path)))}
        />
      </FilesSplit>
      <p class="files-foot muted" aria-live="polite">
        {count > 0
          ? `${formatCount(count, "file")} chosen, ${formatBytes(tree.chosenBytes)}`
          : route.query === ""
            ? formatCount(manifest.paths.length, "file")
            : `${tree.lines.value.length.toLocaleString("en")} of ${formatCount(manifest.paths.length, "file")}`}
        {count > 0 && (
          <Button small variant="ghost" onClick={() => tree.clearChoice()}>
            Clear
          </Button>
        )}
      </p>
    </>
  );
}
