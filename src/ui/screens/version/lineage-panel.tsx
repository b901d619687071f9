// What a version came from and what came of it: as a graph, or as lists where lines can be drawn by hand.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { List, Waypoints } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import { formatVersion } from "../../../core/version.ts";
import type { VersionDetail } from "../../../protocol/browse-api.ts";
import { LineageGraphView } from "../../lineage/lineage-graph.tsx";
import { Icon } from "../../parts/icon.tsx";
import type { AppState } from "../../state/app-state.ts";
import { LineageLists } from "./lineage-lists.tsx";
import "../../parts/choices.css";
import "./lineage-panel.css";

interface LineagePanelProps {
  readonly app: AppState;
  readonly detail: VersionDetail;
}

/** `adding`: the list, with the form for a source open. */
type Form = "graph" | "list" | "adding";

export function LineagePanel({ app, detail }: LineagePanelProps): JSX.Element {
  const [form, setForm] = useState<Form>("graph");
  const { artifact, version } = detail;
  const choice = (
    <div class="choices lineage-forms" role="group" aria-label="Form">
      <button type="button" aria-pressed={form === "graph"} onClick={() => setForm("graph")}>
        <Icon icon={Waypoints} />
        Graph
      </button>
      <button type="button" aria-pressed={form !== "graph"} onClick={() => setForm("list")}>
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
          project={artifact.project}
          name={showHidden(`${artifact.name}:${formatVersion(version.number)}`)}
          onAddSource={() => setForm("adding")}
        >
          {choice}
        </LineageGraphView>
      ) : (
        <>
          {choice}
          <LineageLists app={app} detail={detail} addsSource={form === "adding"} />
        </>
      )}
    </div>
  );
}
