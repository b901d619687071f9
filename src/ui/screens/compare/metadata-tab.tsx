// What differs beside the files: aliases, description, tags, and metadata key by key.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { FileDiff } from "lucide";
import { compareMetadata, type MetadataChange } from "../../../core/compare-metadata.ts";
import { showHidden } from "../../../core/errors.ts";
import { AliasChip } from "../../parts/chip.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { formatCount } from "../../parts/format.ts";
import { SearchInput } from "../../parts/search-input.tsx";
import { BarSwitch } from "../../previews/viewer-bar.tsx";
import type { CompareWorker } from "../../state/compare-job.ts";
import { aboutChanges } from "./detail-changes.ts";
import { MeasuredList } from "./measured-list.tsx";
import { MetadataRow } from "./metadata-row.tsx";
import { specOf, shortSpecOf, type Side } from "./side.ts";
import "./metadata-tab.css";

interface MetadataTabProps {
  readonly worker: CompareWorker;
  readonly before: Side;
  readonly after: Side;
}

export function MetadataTab({ worker, before, after }: MetadataTabProps): JSX.Element {
  const about = aboutChanges(before, after).filter(({ mark }) => mark !== "same");
  const metadata = compareMetadata(before.version.metadata, after.version.metadata);
  return (
    <div class="compare-metadata">
      <section class="card compare-about" aria-label="Aliases and details">
        <dl>
          <div>
            <dt>Aliases</dt>
            <dd>
              <Aliases side={before} other={after} />
              <span aria-hidden="true">→</span>
              <Aliases side={after} other={before} />
            </dd>
          </div>
        </dl>
        {about.length === 0 ? (
          <p class="muted">Description, tags and type are the same.</p>
        ) : (
          <div role="list" aria-label="Description, tags and type">
            {about.map((change) => (
              <MetadataRow key={change.path} change={change} worker={worker} />
            ))}
          </div>
        )}
      </section>
      {metadata.length === 0 ? (
        <EmptyState icon={FileDiff} title="Neither version has metadata">
          <p>Metadata is added on a version’s own page.</p>
        </EmptyState>
      ) : (
        <Keys worker={worker} metadata={metadata} />
      )}
    </div>
  );
}

function Aliases({ side, other }: { readonly side: Side; readonly other: Side }): JSX.Element {
  return (
    <span class="compare-aliases">
      <span class="muted">{showHidden(shortSpecOf(side, other))}</span>
      {side.aliases.length === 0 && <span class="muted">none</span>}
      {side.aliases.map((alias) => (
        <AliasChip key={`${specOf(side)} ${alias}`} alias={alias} />
      ))}
    </span>
  );
}

function Keys({
  worker,
  metadata,
}: {
  readonly worker: CompareWorker;
  readonly metadata: readonly MetadataChange[];
}): JSX.Element {
  const changed = metadata.filter(({ mark }) => mark !== "same");
  const [query, setQuery] = useState("");
  const [isAll, setAll] = useState(changed.length === 0);
  const wanted = query.trim().toLowerCase();
  const shown = (isAll ? metadata : changed).filter(({ path }) =>
    path.toLowerCase().includes(wanted),
  );
  return (
    <section class="compare-keys" aria-label="Metadata">
      <div class="compare-keys-bar">
        <SearchInput label="Search in keys" value={query} onInput={setQuery} />
        <BarSwitch isOn={!isAll} onToggle={(isOn) => setAll(!isOn)}>
          Only changed
        </BarSwitch>
        <span class="muted" aria-live="polite">
          {changed.length === 0
            ? `${formatCount(metadata.length, "key")}, all the same`
            : `${changed.length.toLocaleString("en")} of ${formatCount(metadata.length, "key")} differ`}
        </span>
      </div>
      {shown.length === 0 ? (
        <p class="card compare-keys-empty muted">
          {wanted === "" ? "No key differs." : "No such key differs."}
        </p>
      ) : (
        <div class="card compare-keys-card">
          <div class="metadata-row metadata-head" aria-hidden="true">
            <span />
            <span>Key</span>
            <span>Before</span>
            <span>After</span>
            <span>Difference</span>
          </div>
          <MeasuredList
            class="compare-keys-list"
            count={shown.length}
            rowHeight={37}
            keyOf={(i) => shown[i]?.path ?? ""}
            attributes={{ role: "list", "aria-label": "Metadata, key by key" }}
            renderRow={(i) => {
              const change = shown[i];
              return change === undefined ? null : <MetadataRow change={change} worker={worker} />;
            }}
          />
        </div>
      )}
    </section>
  );
}
