// The lineage of a version as a graph, with what steers it and the card of a node beside it.
import { useSignalEffect } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Maximize, Minus, Plus, Undo2, Waypoints } from "lucide";
import { startLayoutWorker } from "../../client/layout-worker.ts";
import type { LineageNodeId } from "../../core/lineage.ts";
import { Button, IconButton } from "../parts/button.tsx";
import { EmptyState } from "../parts/empty-state.tsx";
import { ErrorNote } from "../parts/error-note.tsx";
import { LoadFailure } from "../parts/load-failure.tsx";
import { Loading } from "../parts/loading.tsx";
import type { AppState } from "../state/app-state.ts";
import { LineageState, type LineagePlace } from "../state/lineage-state.ts";
import { isReadOnly } from "../state/read-only.ts";
import { Camera } from "./camera.ts";
import { followUrl } from "./follow-url.ts";
import { GraphFooter } from "./graph-footer.tsx";
import { GraphToolbar } from "./graph-toolbar.tsx";
import { GraphView } from "./graph-view.tsx";
import { NodeCard } from "./node-card.tsx";
import { titleOf } from "./node-text.ts";
import { provisionalNodes, type IsProvisional } from "./provisional-nodes.ts";
import "./lineage-graph.css";

interface LineageGraphViewProps {
  readonly app: AppState;
  /** The version the page is about. */
  readonly home: LineageNodeId;
  /** What the URL says of it at the start. */
  readonly first: LineagePlace;
  readonly project: string;
  /** What a saved file is called after, such as `net:v3`. */
  readonly name: string;
  /** Stands beside the toolbar: the way to the list. */
  readonly children: ComponentChildren;
  /** Opens the form that draws a line by hand. */
  readonly onAddSource: () => void;
}

export function LineageGraphView(props: LineageGraphViewProps): JSX.Element {
  const { app, home, first, project, name, children, onAddSource } = props;
  const state = useLineageState(app, home, first);
  const remotes = app.sync.remotes.value;
  const isProvisional = useMemo(() => provisionalNodes(remotes), [remotes]);
  const loaded = state?.loaded.value;
  if (state === null || loaded === undefined || loaded.phase === "loading")
    return <Loading what="the lineage" />;
  if (loaded.phase === "failed" && state.focus.value !== home)
    return (
      <EmptyState icon={Waypoints} title="The lineage around that node can't be shown">
        <p>The address names a node that this registry doesn't have, or not any more.</p>
        <Button variant="primary" onClick={() => void state.focusOn(home)}>
          Back to this version
        </Button>
      </EmptyState>
    );
  if (loaded.phase === "failed") return <LoadFailure problem={loaded.problem} />;
  const { value: graph } = loaded;
  const isAlone = graph.nodes.length === 1 && graph.focus === home;
  if (isAlone && state.direction.value === "both" && graph.nodes[0]?.hasMore !== true)
    return (
      <>
        {children}
        <EmptyState icon={Waypoints} title="Nothing is known of where it came from">
          {!isReadOnly() && (
            <>
              <p>
                Name a run when you commit, or log and use versions through the API: each run then
                appears here, between what it used and what it made. Lines can be drawn by hand,
                too.
              </p>
              <Button variant="primary" onClick={onAddSource}>
                Say where it came from
              </Button>
            </>
          )}
        </EmptyState>
      </>
    );
  return (
    <div class="lg-panel">
      <GraphToolbar state={state} project={project} isProvisional={isProvisional} name={name}>
        {children}
      </GraphToolbar>
      <Stage app={app} state={state} project={project} isProvisional={isProvisional} />
    </div>
  );
}

/** Workers and graph last as long as the panel does. */
function useLineageState(
  app: AppState,
  home: LineageNodeId,
  first: LineagePlace,
): LineageState | null {
  const start = useRef(first);
  const [state, setState] = useState<LineageState | null>(null);
  useEffect(() => {
    const worker = startLayoutWorker();
    const made = new LineageState(home, app.cairn.store, worker.api, start.current);
    setState(made);
    void made.load();
    const stopFollowing = followUrl(app, made);
    return () => {
      stopFollowing();
      made.stop();
      worker.stop();
    };
  }, [app, home]);
  const seen = useRef(app.changes.peek());
  useSignalEffect(() => {
    if (app.changes.value === seen.current) return;
    seen.current = app.changes.value;
    void state?.load(true);
  });
  return state;
}

interface StageProps {
  readonly app: AppState;
  readonly state: LineageState;
  readonly project: string;
  readonly isProvisional: IsProvisional;
}

function Stage({ app, state, project, isProvisional }: StageProps): JSX.Element {
  const [camera] = useState(() => new Camera());
  const stage = useRef<HTMLDivElement>(null);
  const drawn = state.drawn.value;
  const node = state.isCardOpen.value ? state.activeNode.value : null;
  const problem = state.problem.value;
  const focus = state.nodes.value.get(state.focus.value);
  const close = (): void => {
    state.isCardOpen.value = false;
    stage.current?.querySelector<HTMLElement>(".lg-view")?.focus();
  };
  return (
    <>
      {problem !== null && <ErrorNote problem={problem} />}
      {focus !== undefined && focus.id !== state.home && (
        <p class="lg-away">
          Drawn around <strong>{titleOf(focus)}</strong>
          <Button small icon={Undo2} onClick={() => void state.focusOn(state.home)}>
            Back to this version
          </Button>
        </p>
      )}
      <div
        ref={stage}
        class={`lg-stage${node === null ? "" : " has-card"}`}
        onKeyDown={(event) => {
          if (event.key === "Escape" && node !== null) close();
        }}
      >
        <div class="card lg-frame">
          {drawn === null ? (
            problem === null && <Loading what="the graph" />
          ) : (
            <>
              <GraphView
                state={state}
                camera={camera}
                drawn={drawn}
                project={project}
                isProvisional={isProvisional}
              />
              <div class="lg-zoom" role="group" aria-label="Zoom">
                <IconButton icon={Plus} label="Zoom in (+)" onClick={() => camera.zoomAt(1.25)} />
                <IconButton icon={Minus} label="Zoom out (-)" onClick={() => camera.zoomAt(0.8)} />
                <IconButton icon={Maximize} label="Fit (0)" onClick={() => camera.fit()} />
              </div>
            </>
          )}
        </div>
        {node !== null && (
          <NodeCard
            app={app}
            state={state}
            node={node}
            isProvisional={isProvisional}
            onClose={close}
          />
        )}
      </div>
      <GraphFooter state={state} />
    </>
  );
}
