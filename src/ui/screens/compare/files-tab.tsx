// The files of both versions in one tree, and beside it what happened to the chosen one.
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { FileDiff } from "lucide";
import { EmptyState } from "../../parts/empty-state.tsx";
import { formatCount } from "../../parts/format.ts";
import { SearchInput } from "../../parts/search-input.tsx";
import type { CompareRoute } from "../../router.ts";
import type { AppState } from "../../state/app-state.ts";
import type { CompareWorker } from "../../state/compare-job.ts";
import type { CompareTreeState } from "../../state/compare-state.ts";
import { CompareTree } from "./compare-tree.tsx";
import { FileDetail } from "./file-detail.tsx";
import type { Side } from "./side.ts";
import "./files-tab.css";

interface FilesTabProps {
  readonly app: AppState;
  readonly route: CompareRoute;
  readonly worker: CompareWorker;
  readonly tree: CompareTreeState;
  readonly before: Side;
  readonly after: Side;
}

export function FilesTab(props: FilesTabProps): JSX.Element {
  const { app, route, tree, before, after } = props;
  const detail = useRef<HTMLDivElement>(null);
  const chosen = tree.find(route.file);
  const all = tree.comparison.files.length;
  const open = (path: string): void => {
    app.replaceRoute({ ...route, file: path });
    // Where both stand below each other, what was asked for is below.
    requestAnimationFrame(() => detail.current?.scrollIntoView({ block: "nearest" }));
  };
  return (
    <section class="compare-files" aria-label="Files">
      <div class="compare-list">
        <SearchInput
          label="Search in paths"
          value={route.query}
          onInput={(query) => app.replaceRoute({ ...route, query })}
        />
        <CompareTree tree={tree} chosen={chosen} onOpen={open} />
        <p class="muted compare-foot" aria-live="polite">
          {tree.shownCount === all
            ? formatCount(all, "file")
            : `${tree.shownCount.toLocaleString("en")} of ${formatCount(all, "file")}`}
        </p>
      </div>
      <div ref={detail} class="compare-detail">
        {chosen !== null ? (
          <FileDetail
            key={`${chosen.before} ${chosen.after}`}
            app={app}
            worker={props.worker}
            comparison={tree.comparison}
            file={chosen}
            before={before}
            after={after}
          />
        ) : route.file === "" ? (
          <EmptyState icon={FileDiff} title="Choose a file to see what changed in it">
            <p>Arrows move in the list, Enter shows the file.</p>
          </EmptyState>
        ) : (
          <EmptyState icon={FileDiff} title="Neither version has the file in this address">
            <p>Choose another one from the list.</p>
          </EmptyState>
        )}
      </div>
    </section>
  );
}
