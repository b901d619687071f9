// A model from its head: how many parameters, of which types, in which tensors.
import { useState } from "preact/hooks";
import type { JSX } from "preact";
import { showHidden } from "../../core/errors.ts";
import type { NamedValue, OnnxGraph, TensorsPreview } from "../../protocol/preview-api.ts";
import { Chip } from "../parts/chip.tsx";
import { formatCount } from "../parts/format.ts";
import { showHiddenInText } from "../parts/text.ts";
import { formatParameters } from "./format-parameters.ts";
import { TensorList } from "./tensor-list.tsx";
import { BarSwitch, ViewerBar } from "./viewer-bar.tsx";
import type { ViewerProps } from "./viewer.ts";
import "./tensor-viewer.css";
import "./tokens.css";

type View = "tensors" | "metadata" | "graph";

const TONES = 5;

export function TensorViewer({ preview }: ViewerProps<TensorsPreview>): JSX.Element {
  const { metadata, graph, tensors, tensorCount } = preview;
  const [view, setView] = useState<View>(tensorCount === 0 && graph !== null ? "graph" : "tensors");
  const views: readonly (readonly [View, string])[] = [
    ["tensors", formatCount(tensorCount, "tensor")],
    ...(graph === null ? [] : [["graph", "Graph"] as const]),
    ...(metadata.length === 0 ? [] : [["metadata", "Metadata"] as const]),
  ];
  return (
    <div class="viewer">
      <Facts preview={preview} />
      {views.length > 1 && (
        <ViewerBar>
          {views.map(([id, text]) => (
            <BarSwitch key={id} isOn={view === id} onToggle={() => setView(id)}>
              {text}
            </BarSwitch>
          ))}
        </ViewerBar>
      )}
      {view === "tensors" && <TensorList tensors={tensors} />}
      {view === "metadata" && (
        <div class="viewer-main" tabIndex={0} role="region" aria-label="Metadata">
          <NamedValues values={metadata} />
        </div>
      )}
      {view === "graph" && graph !== null && <Graph graph={graph} />}
    </div>
  );
}

function Facts({ preview }: { readonly preview: TensorsPreview }): JSX.Element {
  const { parameters, dtypes } = preview;
  const all = Math.max(1, parameters);
  return (
    <div class="tensor-facts">
      <p>
        <span>
          <strong>{formatParameters(parameters)}</strong> parameters
        </span>
        <span class="muted">
          {parameters.toLocaleString("en")} in {formatCount(preview.tensorCount, "tensor")}
        </span>
      </p>
      <div class="tensor-dtypes" aria-hidden="true">
        {dtypes.map(({ dtype, parameters: share }, i) => (
          <span
            key={dtype}
            class={`tensor-tone-${i % TONES}`}
            style={{ width: `${(share / all) * 100}%` }}
          />
        ))}
      </div>
      <ul class="tensor-legend" aria-label="Types of numbers">
        {dtypes.map(({ dtype, tensors, parameters: share }, i) => (
          <li key={dtype}>
            <span class={`tensor-swatch tensor-tone-${i % TONES}`} />
            {showHidden(dtype)}
            <span class="muted">
              {formatParameters(share)} in {formatCount(tensors, "tensor")}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function NamedValues({ values }: { readonly values: readonly NamedValue[] }): JSX.Element {
  return (
    <dl class="named-values">
      {values.map(({ name, type, text }, i) => [
        <dt key={`${i} name`}>{showHidden(name)}</dt>,
        <dd key={`${i} value`}>
          {showHiddenInText(text)}
          {type !== "" && <span class="muted">{showHidden(type)}</span>}
        </dd>,
      ])}
    </dl>
  );
}

function Graph({ graph }: { readonly graph: OnnxGraph }): JSX.Element {
  const { inputs, outputs, operators } = graph;
  return (
    <div class="viewer-main tensor-graph" tabIndex={0} role="region" aria-label="Graph">
      <h3>Inputs</h3>
      <NamedValues values={inputs} />
      <h3>Outputs</h3>
      <NamedValues values={outputs} />
      <h3>Operators</h3>
      <ul class="tensor-operators">
        {operators.map(({ name, count }) => (
          <li key={name}>
            <Chip>
              {showHidden(name)} × {count.toLocaleString("en")}
            </Chip>
          </li>
        ))}
      </ul>
    </div>
  );
}
