// How much of a lineage is shown, what was left out and how to see it, and what the lines mean.
import type { JSX } from "preact";
import type { LineageDirection } from "../../core/lineage.ts";
import { Button } from "../parts/button.tsx";
import { formatCount } from "../parts/format.ts";
import type { LineageState } from "../state/lineage-state.ts";
import "./graph-footer.css";

export function GraphFooter({ state }: { readonly state: LineageState }): JSX.Element {
  const graph = state.graph.value;
  const { byDepth = false, bySize = false } = graph?.truncated ?? {};
  const hasDerived = graph?.edges.some(({ kind }) => kind === "derived") === true;
  return (
    <div class="lg-footer muted">
      <p role="status">
        {bySize && "The nearest "}
        {formatCount(graph?.nodes.length ?? 0, "node")}
        {byDepth && !bySize && " · more lies beyond what is shown, where there is a +"}
      </p>
      {bySize &&
        (state.canShowMore ? (
          <Button small busy={state.isBusy.value} onClick={() => void state.showMore()}>
            Show more
          </Button>
        ) : (
          <Narrower state={state} />
        ))}
      {hasDerived && (
        <p class="lg-key">
          <svg width="32" height="8" aria-hidden="true">
            <path class="lg-edge is-derived" d="M2 4H30" />
          </svg>
          drawn by hand
        </p>
      )}
    </div>
  );
}

const WAYS: readonly { readonly direction: LineageDirection; readonly text: string }[] = [
  { direction: "up", text: "Sources only" },
  { direction: "down", text: "Results only" },
];

/** No graph gets larger: what lies further out is seen by asking for less, or from elsewhere. */
function Narrower({ state }: { readonly state: LineageState }): JSX.Element {
  const depth = state.depth.value;
  return (
    <>
      <p>
        No more are drawn at once. To see what lies further out, choose a node near it and “Draw
        around this”, or follow the lines one way only.
      </p>
      {state.direction.value === "both" ? (
        WAYS.map(({ direction, text }) => (
          <Button key={direction} small onClick={() => void state.setDirection(direction)}>
            {text}
          </Button>
        ))
      ) : (
        <Button small disabled={depth === 1} onClick={() => void state.setDepth(depth - 1)}>
          Fewer hops
        </Button>
      )}
    </>
  );
}
