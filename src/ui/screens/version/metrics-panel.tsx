// Numbers in the metadata, over the versions of an artifact: drawn, side by side, and the best chosen by looking.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { ChartLine } from "lucide";
import { metricsOf } from "../../../core/metrics.ts";
import { formatVersion, type VersionNumber } from "../../../core/version.ts";
import type { ArtifactDetail, VersionDetail } from "../../../protocol/browse-api.ts";
import { ColumnChoice } from "../../metrics/column-choice.tsx";
import {
  directionOf,
  keepDirections,
  nextDirection,
  readDirections,
} from "../../metrics/directions.ts";
import { BEST, MetricsTable } from "../../metrics/metrics-table.tsx";
import { chosenMetrics, columnsText, formatSort, parseSort } from "../../metrics/metrics-view.ts";
import { Button } from "../../parts/button.tsx";
import { CopyButton } from "../../parts/copy-button.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { formatCount } from "../../parts/format.ts";
import { lazy } from "../../parts/lazy.tsx";
import { formatRoute, type VersionRoute } from "../../router.ts";
import type { AppState } from "../../state/app-state.ts";
import { putAlias } from "./alias-actions.ts";
import "./metrics-panel.css";

const MetricCharts = lazy(() =>
  import("../../metrics/metric-charts.tsx").then((module) => module.MetricCharts),
);

interface MetricsPanelProps {
  readonly app: AppState;
  readonly detail: VersionDetail;
  /** Newest first. */
  readonly versions: ArtifactDetail["versions"];
  readonly route: VersionRoute;
}

export function MetricsPanel({ app, detail, versions, route }: MetricsPanelProps): JSX.Element {
  const { artifact, version } = detail;
  const key = `${artifact.project}/${artifact.name}`;
  const directions = useSignal(readDirections(key));
  const metrics = useMemo(() => metricsOf(versions.map((summary) => summary.version)), [versions]);
  const numbers = useMemo(() => versions.map((summary) => summary.version.number), [versions]);
  const shown = useMemo(() => chosenMetrics(metrics, route.columns), [metrics, route.columns]);
  if (metrics.length === 0) return <NoMetrics app={app} route={route} />;
  const directionFor = (name: string) => directionOf(directions.value, name);
  const routeOf = (number: VersionNumber): VersionRoute => ({
    ...route,
    selector: formatVersion(number),
  });
  return (
    <div class="metrics">
      <div class="metrics-bar">
        <p class="muted">
          {formatCount(metrics.length, "metric")} in {formatCount(versions.length, "version")}
        </p>
        <ColumnChoice
          metrics={metrics}
          shown={new Set(shown.map(({ name }) => name))}
          onChange={(names) => app.replaceRoute({ ...route, columns: columnsText(metrics, names) })}
        />
      </div>
      {versions.length > 1 && (
        <MetricCharts
          numbers={numbers}
          metrics={shown}
          directionOf={directionFor}
          current={version.number}
          onOpen={(number) => (location.hash = formatRoute(routeOf(number)))}
        />
      )}
      <MetricsTable
        versions={versions}
        metrics={shown}
        directionOf={directionFor}
        sort={parseSort(route.sort)}
        current={version.number}
        hrefOf={(number) => formatRoute(routeOf(number))}
        onSort={(sort) => app.replaceRoute({ ...route, sort: formatSort(sort) })}
        onTurn={(name) => {
          directions.value = {
            ...directions.value,
            [name]: nextDirection(directionFor(name)),
          };
          keepDirections(key, directions.value);
        }}
        onBest={(number) =>
          void putAlias(app, { project: artifact.project, name: artifact.name, number }, BEST)
        }
      />
    </div>
  );
}

const SNIPPET = [
  "const artifact = new Artifact({",
  '  name: "my-model",',
  "  metadata: { accuracy: 0.93, loss: 0.21 },",
  "});",
].join("\n");

function NoMetrics({
  app,
  route,
}: {
  readonly app: AppState;
  readonly route: VersionRoute;
}): JSX.Element {
  return (
    <EmptyState icon={ChartLine} title="No metrics yet">
      <p>
        Numbers in the metadata of versions show up here side by side, such as{" "}
        <code>{'{"accuracy": 0.93, "loss": 0.21}'}</code>.
      </p>
      <Button variant="primary" onClick={() => app.replaceRoute({ ...route, tab: "metadata" })}>
        Edit the metadata
      </Button>
      <p>Or say them when you log:</p>
      <div class="metrics-snippet">
        <pre tabIndex={0} aria-label="Logging with metrics">
          {SNIPPET}
        </pre>
        <CopyButton text={SNIPPET} label="Copy code" />
      </div>
    </EmptyState>
  );
}
