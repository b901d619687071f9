// Artifacts of a project of which nothing leaves this browser: searched, ten thousand if need be.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { showHidden } from "../../core/errors.ts";
import { ErrorNote } from "../parts/error-note.tsx";
import { formatCount } from "../parts/format.ts";
import { Loading } from "../parts/loading.tsx";
import { SearchInput } from "../parts/search-input.tsx";
import { VirtualList } from "../parts/virtual-list.tsx";
import type { AppState } from "../state/app-state.ts";
import { Loader } from "../state/resource.ts";
import "./never-field.css";

const ROW_HEIGHT = 36;
/** Fewer are seen at once. */
const SEARCHED_FROM = 8;

interface NeverFieldProps {
  readonly app: AppState;
  readonly project: string;
  /** Names that are known from elsewhere, such as those that are only there. */
  readonly also?: readonly string[];
  readonly never: ReadonlySet<string>;
  readonly onChange: (never: ReadonlySet<string>) => void;
}

const NONE: readonly string[] = [];

export function NeverField(props: NeverFieldProps): JSX.Element {
  const { app, project, also = NONE, never, onChange } = props;
  const [loader] = useState(() => new Loader<readonly string[]>());
  const query = useSignal("");
  const { store } = app.cairn;
  useEffect(
    () =>
      void loader.load(async () =>
        (await store.listArtifacts(project)).map(({ artifact }) => artifact.name),
      ),
    [loader, store, project],
  );
  const loaded = loader.state.value;
  // One that is only there, or only on the list, is in no list of ours.
  const listed = loaded.phase === "ready" ? loaded.value : NONE;
  const wanted = query.value.trim().toLowerCase();
  const names = useMemo(
    () => [...new Set([...listed, ...also, ...never])].toSorted(),
    [listed, also, never],
  );
  const shown = useMemo(
    () => names.filter((name) => name.toLowerCase().includes(wanted)),
    [names, wanted],
  );
  if (loaded.phase === "loading") return <Loading what="artifacts" />;
  if (loaded.phase === "failed" && loaded.problem.code !== "not_found")
    return <ErrorNote problem={loaded.problem} />;
  const toggle = (name: string): void => {
    const next = new Set(never);
    if (!next.delete(name)) next.add(name);
    onChange(next);
  };
  return (
    <div class="never" role="group" aria-label={`Never upload from ${showHidden(project)}`}>
      <p class="never-head">
        <strong>Never upload</strong>{" "}
        <span class="muted number" role="status">
          {never.size === 0
            ? "all artifacts sync"
            : `${never.size.toLocaleString("en")} of ${formatCount(names.length, "artifact")}`}
        </span>
      </p>
      {names.length >= SEARCHED_FROM && (
        <SearchInput
          label="Search artifacts"
          value={query.value}
          onInput={(text) => (query.value = text)}
        />
      )}
      {shown.length === 0 ? (
        <p class="muted">No artifact matches.</p>
      ) : (
        <VirtualList
          class="never-list"
          count={shown.length}
          rowHeight={ROW_HEIGHT}
          listKey={wanted}
          keyOf={(i) => shown[i] ?? i}
          attributes={{ role: "list", "aria-label": "Artifacts" }}
          renderRow={(i) => {
            const name = shown[i];
            if (name === undefined) return null;
            return (
              <div role="listitem">
                <label class="never-row">
                  <input type="checkbox" checked={never.has(name)} onChange={() => toggle(name)} />
                  <span title={showHidden(name)}>{showHidden(name)}</span>
                </label>
              </div>
            );
          }}
        />
      )}
    </div>
  );
}
