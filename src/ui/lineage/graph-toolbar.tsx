// What steers a lineage graph: direction, hops, search, saving.
import type { ComponentChildren, JSX } from "preact";
import { ChevronDown, ChevronUp, Download, FileJson, Image, Minus, Plus } from "lucide";
import type { LineageDirection } from "../../core/lineage.ts";
import { IconButton } from "../parts/button.tsx";
import { formatCount } from "../parts/format.ts";
import { Icon } from "../parts/icon.tsx";
import { Menu } from "../parts/menu.tsx";
import { SearchInput } from "../parts/search-input.tsx";
import { MOST_HOPS } from "../lineage-route.ts";
import type { LineageState } from "../state/lineage-state.ts";
import type { IsProvisional } from "./provisional-nodes.ts";
import { saveJson, saveSvg } from "./save-graph.ts";
import "../parts/choices.css";
import "./graph-toolbar.css";

interface GraphToolbarProps {
  readonly state: LineageState;
  readonly project: string;
  readonly isProvisional: IsProvisional;
  /** What a saved file is called after. */
  readonly name: string;
  /** Comes first. */
  readonly children: ComponentChildren;
}

const DIRECTIONS: readonly { readonly id: LineageDirection; readonly text: string }[] = [
  { id: "both", text: "Both" },
  { id: "up", text: "Sources" },
  { id: "down", text: "Results" },
];

export function GraphToolbar(props: GraphToolbarProps): JSX.Element {
  const { state, project, isProvisional, name, children } = props;
  const save = (how: "svg" | "json") => (): void => {
    const [drawn, graph] = [state.drawn.value, state.graph.value];
    if (how === "svg" && drawn !== null) saveSvg(drawn, { project, isProvisional }, name);
    if (how === "json" && graph !== null) saveJson(graph, name);
  };
  return (
    <div class="lg-toolbar">
      {children}
      <Hops state={state} />
      <div class="choices" role="group" aria-label="Direction">
        {DIRECTIONS.map(({ id, text }) => (
          <button
            key={id}
            type="button"
            aria-pressed={state.direction.value === id}
            onClick={() => void state.setDirection(id)}
          >
            {text}
          </button>
        ))}
      </div>
      <Finder state={state} />
      <Menu
        label="Save the graph"
        class="button is-plain"
        items={[
          { label: "Save as SVG", icon: Image, run: save("svg") },
          { label: "Save as JSON", icon: FileJson, run: save("json") },
        ]}
      >
        <Icon icon={Download} />
        Save
      </Menu>
    </div>
  );
}

function Hops({ state }: { readonly state: LineageState }): JSX.Element {
  const depth = state.depth.value;
  return (
    <div class="lg-hops" role="group" aria-label="Hops">
      <IconButton
        icon={Minus}
        label="Fewer hops"
        disabled={depth === 1}
        onClick={() => void state.setDepth(depth - 1)}
      />
      <output>{formatCount(depth, "hop")}</output>
      <IconButton
        icon={Plus}
        label="More hops"
        disabled={depth === MOST_HOPS}
        onClick={() => void state.setDepth(depth + 1)}
      />
    </div>
  );
}

function Finder({ state }: { readonly state: LineageState }): JSX.Element {
  const found = state.found.value;
  const at = found.findIndex((id) => id === state.active.value);
  const isEmpty = state.query.value.trim() === "";
  return (
    <div
      class="lg-finder"
      role="search"
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
        event.preventDefault();
        state.goToFound(event.shiftKey ? -1 : 1);
      }}
    >
      <SearchInput
        label="Find in the graph"
        value={state.query.value}
        onInput={(query) => (state.query.value = query)}
      />
      {!isEmpty && (
        <>
          <span class="muted" role="status">
            {found.length === 0
              ? "none"
              : at === -1
                ? `${found.length.toLocaleString("en")} found`
                : `${at + 1} of ${found.length.toLocaleString("en")}`}
          </span>
          <IconButton
            icon={ChevronUp}
            label="Previous found"
            disabled={found.length === 0}
            onClick={() => state.goToFound(-1)}
          />
          <IconButton
            icon={ChevronDown}
            label="Next found"
            disabled={found.length === 0}
            onClick={() => state.goToFound(1)}
          />
        </>
      )}
    </div>
  );
}
