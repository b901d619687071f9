// What differs between two versions that are both there: a summary, and views of it.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { compareManifests } from "../../../core/compare-manifests.ts";
import { LoadFailure } from "../../parts/load-failure.tsx";
import { Loading } from "../../parts/loading.tsx";
import { Tabs, type Tab } from "../../parts/tabs.tsx";
import type { CompareRoute, CompareTab } from "../../router.ts";
import type { AppState } from "../../state/app-state.ts";
import type { CompareWorker } from "../../state/compare-job.ts";
import { CompareTreeState } from "../../state/compare-state.ts";
import { Loader, type Resource } from "../../state/resource.ts";
import { FilesTab } from "./files-tab.tsx";
import { MetadataTab } from "./metadata-tab.tsx";
import { detailChanges } from "./detail-changes.ts";
import { SameContent } from "./same-content.tsx";
import type { Side } from "./side.ts";
import { Summary } from "./summary.tsx";

interface ComparedProps {
  readonly app: AppState;
  readonly route: CompareRoute;
  readonly worker: CompareWorker;
  readonly before: Side;
  readonly after: Side;
}

export function Compared({ app, route, worker, before, after }: ComparedProps): JSX.Element {
  const tree = useTree(app, before, after);
  useEffect(() => {
    if (tree.phase === "ready") tree.value.filter(route.marks, route.query);
  }, [tree, route.marks, route.query]);
  if (tree.phase === "failed") return <LoadFailure problem={tree.problem} />;
  if (tree.phase === "loading") return <Loading what="the files" />;
  const metadataCount = detailChanges(before, after).filter(({ mark }) => mark !== "same").length;
  const isSame = before.version.digest === after.version.digest;
  const tabs: readonly Tab<CompareTab>[] = [
    { id: "files", text: "Files" },
    { id: "metadata", text: "Metadata", count: metadataCount },
  ];
  return (
    <>
      <Summary app={app} route={route} tree={tree.value} />
      <Tabs
        label="Views of the comparison"
        tabs={tabs}
        current={route.tab}
        onChange={(tab) => app.replaceRoute({ ...route, tab })}
      >
        {route.tab === "metadata" ? (
          <MetadataTab worker={worker} before={before} after={after} />
        ) : (
          <>
            {isSame && (
              <SameContent
                before={before}
                after={after}
                metadataCount={metadataCount}
                onMetadata={() => app.replaceRoute({ ...route, tab: "metadata" })}
              />
            )}
            <FilesTab
              app={app}
              route={route}
              worker={worker}
              tree={tree.value}
              before={before}
              after={after}
            />
          </>
        )}
      </Tabs>
    </>
  );
}

/** Fetched once: content never changes under its digest. */
function useTree(app: AppState, before: Side, after: Side): Resource<CompareTreeState> {
  const { store } = app.cairn;
  const [loader] = useState(() => new Loader<CompareTreeState>());
  const old = before.version.digest;
  const now = after.version.digest;
  useEffect(() => {
    void loader.load(async () => {
      const manifests = await Promise.all([store.getManifest(old), store.getManifest(now)]);
      return new CompareTreeState(compareManifests(...manifests));
    });
  }, [loader, store, old, now]);
  return loader.state.value;
}
