// What a version came from and what came of it: as a graph, or as lists where lines can be drawn by hand.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { List, Waypoints } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import { formatVersion } from "../../../core/version.ts";
import type { VersionDetail } from "../../../protocol/browse-api.ts";
import { LineageGraphView } from "../../lineage/lineage-graph.tsx";
import { Icon } from "../../parts/icon.tsx";
import type { LineageRoute } from "../../lineage-route.ts";
import type { VersionRoute } from "../../router.ts";
import type { AppState } from "../../state/app-state.ts";
import { LineageLists } from "./lineage-lists.tsx";
import "../../parts/choices.css";
import "./lineage-panel.css";

interface LineagePanelProps {
  readonly app: AppState;
  readonly detail: VersionDetail;
  readonly route: VersionRoute;
}

export function LineagePanel({ app, detail, route }: LineagePanelProps): JSX.Element {
  /** The list, with the form for a source open. */
  const [isAdding, setAdding] = useState(false);
  const { artifact, version } = detail;
  const { form } = route.lineage;
  const setForm = (to: LineageRoute["form"], adds = false): void => {
    setAdding(adds);
    app.replaceRoute({ ...route, lineage: { ...route.lineage, form: to } });
  };
  const choice = (
    <div class="choices lineage-forms" role="group" aria-label="Form">
      <button type="button" aria-pressed={form === "graph"} onClick={() => setForm("graph")}>
        <Icon icon={Waypoints} />
        Graph
      </button>
      <button type="button" aria-pressed={form === "list"} onClick={() => setForm("list")}>
        <Icon icon={List} />
        List
      </button>
    </div>
  );
  return (
    <div class="lineage-panel">
      {form === "graph" ? (
        <LineageGraphView
          app={app}
          home={`version:${version.uid}`}
          first={route.lineage}
          project={artifact.project}
          name={showHidden(`${artifact.name}:${formatVersion(version.number)}`)}
          onAddSource={() => setForm("list", true)}
        >
          {choice}
        </LineageGraphView>
      ) : (
        <>
          {choice}
          <LineageLists app={app} detail={detail} addsSource={isAdding} />
        </>
      )}
    </div>
  );
}
