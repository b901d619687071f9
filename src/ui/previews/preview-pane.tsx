// The pane beside the files: one of them, looked into without downloading it.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { JSX } from "preact";
import { CircleQuestionMark } from "lucide";
import { startPreviewWorker } from "../../client/preview-worker.ts";
import { showHidden } from "../../core/errors.ts";
import { entryAt, isReference, rowOf, type Manifest } from "../../core/manifest.ts";
import type { VersionRef } from "../../core/records.ts";
import { EmptyState } from "../parts/empty-state.tsx";
import { bringFile } from "../state/bring-file.ts";
import type { AppState } from "../state/app-state.ts";
import type { Away } from "../state/copies-state.ts";
import { PreviewState } from "../state/preview-state.ts";
import { FileView } from "./file-view.tsx";
import { PaneHead } from "./pane-head.tsx";
import { ReferenceView } from "./reference-view.tsx";
import type { Siblings } from "./viewer.ts";
import "./preview-pane.css";

interface PreviewPaneProps {
  readonly app: AppState;
  readonly version: VersionRef;
  readonly manifest: Manifest;
  /** Which of its files are elsewhere. */
  readonly away: Away;
  /** The file shown. */
  readonly path: string;
  readonly onOpen: (path: string) => void;
  readonly onClose: () => void;
}

export function PreviewPane(props: PreviewPaneProps): JSX.Element {
  const { app, version, manifest, away, path, onOpen, onClose } = props;
  const pane = useRef<HTMLElement>(null);
  const latest = useRef(onOpen);
  latest.current = onOpen;
  const { store } = app.cairn;
  const { project, name, number } = version;
  const siblings = useMemo<Siblings>(
    () => ({
      has: (file) => rowOf(manifest, file) >= 0,
      open: (file) => latest.current(file),
      peek: (file) => store.peekFile(project, name, number, file),
    }),
    [store, manifest, project, name, number],
  );
  // Syncing may give the version another number while it is shown.
  const now = useRef({ version, away, siblings });
  now.current = { version, away, siblings };
  const [state] = useState(
    () =>
      new PreviewState({
        async peek(file, signal, onFetch) {
          // Asked for apart, as it may take long.
          if (now.current.away.has(rowOf(manifest, file))) {
            await bringFile(store, now.current.version, file, { signal, onFetch });
            app.bytesMoved();
          }
          return now.current.siblings.peek(file);
        },
        startWorker: startPreviewWorker,
      }),
  );
  const row = rowOf(manifest, path);
  const entry = row < 0 ? null : entryAt(manifest, row);
  const isFile = entry !== null && !isReference(entry);
  useEffect(() => () => state.close(), [state]);
  useEffect(() => {
    if (isFile) void state.open(path);
    else state.close();
  }, [state, path, isFile]);
  // Where it takes the place of the tree, the keyboard and the view come along.
  useEffect(() => {
    if (!matchMedia("(max-width: 899px)").matches) return;
    pane.current?.focus({ preventScroll: true });
    pane.current?.scrollIntoView({ block: "start" });
  }, []);
  return (
    <section
      ref={pane}
      class="card preview-pane"
      aria-label={`Preview of ${showHidden(path)}`}
      tabIndex={-1}
    >
      <PaneHead
        path={path}
        entry={entry}
        shown={isFile ? state.shown.value : null}
        onShowAs={(kind) => void state.open(path, kind)}
        onDownload={() => void app.download.file(version, path, away.has(row))}
        onClose={onClose}
      />
      <div class="preview-body">
        {entry === null ? (
          <EmptyState icon={CircleQuestionMark} title="This version has no such file">
            <p>It may be in another version, or the address was cut off.</p>
          </EmptyState>
        ) : isReference(entry) ? (
          <ReferenceView entry={entry} />
        ) : (
          <FileView
            app={app}
            path={path}
            state={state}
            siblings={siblings}
            onVerify={() => void app.verify.start({ kind: "version", ...version, paths: [path] })}
          />
        )}
      </div>
    </section>
  );
}
