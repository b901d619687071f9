// Two versions side by side: what changed between them.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { GitCompare } from "lucide";
import { startPreviewWorker } from "../../../client/preview-worker.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Loading } from "../../parts/loading.tsx";
import type { CompareRoute } from "../../router.ts";
import type { AppState } from "../../state/app-state.ts";
import { CompareWorker } from "../../state/compare-job.ts";
import type { Resource } from "../../state/resource.ts";
import { useResource } from "../../state/use-resource.ts";
import { Compared } from "./compared.tsx";
import type { Side } from "./side.ts";
import { SidesBar } from "./sides-bar.tsx";
import "./compare-screen.css";

interface CompareScreenProps {
  readonly app: AppState;
  readonly route: CompareRoute;
}

export function CompareScreen({ app, route }: CompareScreenProps): JSX.Element {
  const before = useSide(app, route.before);
  const after = useSide(app, route.after);
  const [worker] = useState(() => new CompareWorker(startPreviewWorker));
  useEffect(() => () => worker.stop(), [worker]);
  const isLoading = [before, after].some((side) => side?.phase === "loading");
  return (
    <div class="compare">
      <h1>Compare versions</h1>
      <SidesBar app={app} route={route} before={before} after={after} />
      {before === null || after === null ? (
        <EmptyState icon={GitCompare} title="Choose a version on each side">
          <p>Of one artifact, or of two, in any project.</p>
        </EmptyState>
      ) : isLoading ? (
        <Loading what="both versions" />
      ) : (
        before.phase === "ready" &&
        after.phase === "ready" && (
          <Compared
            key={`${before.value.version.uid} ${after.value.version.uid}`}
            app={app}
            route={route}
            worker={worker}
            before={before.value}
            after={after.value}
          />
        )
      )}
    </div>
  );
}

/** The version a spec names, or `null` for no spec. */
function useSide(app: AppState, spec: string): Resource<Side> | null {
  const side = useResource<Side | null>(app, spec, async () =>
    spec === "" ? null : app.cairn.store.resolve(spec, null),
  );
  if (spec === "") return null;
  if (side.phase !== "ready") return side;
  return side.value === null ? { phase: "loading" } : { phase: "ready", value: side.value };
}
