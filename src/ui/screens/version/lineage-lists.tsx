// What a version came from and what came of it, as lists; lines can be drawn by hand [R2 R3]. The twin of the graph.
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { Plus, X } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import type { RunRecord, RunUid, VersionRef, VersionUid } from "../../../core/records.ts";
import { formatVersion, specOf } from "../../../core/version.ts";
import type { NamedVersion, Some, VersionDetail } from "../../../protocol/browse-api.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import { formatAgo, formatTime } from "../../parts/format.ts";
import { ProvisionalChip } from "../../parts/version-label.tsx";
import { runsHash, versionHash } from "../../router.ts";
import { attempt } from "../../state/actions.ts";
import type { AppState } from "../../state/app-state.ts";
import { cutParent, cutRun, type RunDirection } from "../../state/line-actions.ts";
import { useProvisional } from "../../state/provisional.ts";
import { isReadOnly } from "../../state/read-only.ts";
import { useResource } from "../../state/use-resource.ts";
import { AddLine, type LineKind } from "./add-line.tsx";
import { placeOf } from "./place-of.ts";
import "../../parts/panel.css";
import "./lineage-lists.css";

/** Shown before "and n more". */
const LISTED = 50;

interface LineageListsProps {
  readonly app: AppState;
  readonly detail: VersionDetail;
  /** Starts with the form for a source open. */
  readonly addsSource: boolean;
}

export function LineageLists({ app, detail, addsSource }: LineageListsProps): JSX.Element {
  const { artifact, version, producedBy, usedBy, derivedFrom, derivedTo } = detail;
  const ref: VersionRef = {
    project: artifact.project,
    name: artifact.name,
    number: version.number,
  };
  const isProvisional = useProvisional(app, [
    ...derivedFrom.slice(0, LISTED),
    ...derivedTo.items.slice(0, LISTED),
  ]);
  const through = useResource(app, version.uid, () => placesUsed(app, version.uid));
  const cut = (run: RunRecord, direction: RunDirection): void =>
    void attempt(app.toasts, () => cutRun(app, ref, run, direction));
  return (
    <div class="lineage">
      <LineList
        app={app}
        version={ref}
        title="Produced by"
        kind="output"
        add="Produced by run…"
        empty="No run is on record."
        lines={{ items: producedBy, count: producedBy.length }}
        render={(run) => <RunLine key={run.uid} run={run} onCut={() => cut(run, "output")} />}
      />
      <LineList
        app={app}
        version={ref}
        title="Used by"
        kind="input"
        add="Used by run…"
        empty="No run has used it."
        lines={usedBy}
        render={(run) => (
          <RunLine
            key={run.uid}
            run={run}
            through={through.phase === "ready" ? (through.value.get(run.uid) ?? []) : []}
            onCut={() => cut(run, "input")}
          />
        )}
      />
      <LineList
        app={app}
        version={ref}
        title="Derived from"
        kind="derived"
        add="Derived from…"
        empty="No version is named as its source."
        startsAdding={addsSource}
        lines={{ items: derivedFrom, count: derivedFrom.length }}
        render={(parent) => (
          <VersionLine key={specOf(parent)} version={parent} isProvisional={isProvisional(parent)}>
            {!isReadOnly() && (
              <IconButton
                icon={X}
                label={`Remove: derived from ${showHidden(specOf(parent))}`}
                onClick={() => void attempt(app.toasts, () => cutParent(app, ref, parent))}
              />
            )}
          </VersionLine>
        )}
      />
      <LineList
        app={app}
        version={ref}
        title="Derived versions"
        empty="Nothing is derived from it."
        lines={derivedTo}
        render={(child) => (
          <VersionLine key={specOf(child)} version={child} isProvisional={isProvisional(child)} />
        )}
      />
    </div>
  );
}

interface LineListProps<T> {
  readonly app: AppState;
  readonly version: VersionRef;
  readonly title: string;
  /** The line that can be drawn here, and what the button says. */
  readonly kind?: LineKind;
  readonly add?: string;
  readonly startsAdding?: boolean;
  readonly empty: string;
  readonly lines: Some<T>;
  readonly render: (item: T) => JSX.Element;
}

function LineList<T>(props: LineListProps<T>): JSX.Element {
  const { app, version, title, kind, add, startsAdding = false, empty, lines, render } = props;
  const [isAdding, setAdding] = useState(startsAdding);
  const shown = lines.items.slice(0, LISTED);
  return (
    <section class="card detail" aria-label={title}>
      <header>
        <h2>
          {title} {lines.count > 0 && <span class="muted">{lines.count.toLocaleString("en")}</span>}
        </h2>
        {kind !== undefined && !isAdding && !isReadOnly() && (
          <Button small variant="ghost" icon={Plus} onClick={() => setAdding(true)}>
            {add}
          </Button>
        )}
      </header>
      {kind !== undefined && isAdding && (
        <AddLine app={app} version={version} kind={kind} onClose={() => setAdding(false)} />
      )}
      {lines.count === 0 ? (
        <p class="muted">{empty}</p>
      ) : (
        <ul class="lineage-list">
          {shown.map(render)}
          {lines.count > shown.length && (
            <li class="muted">and {(lines.count - shown.length).toLocaleString("en")} more</li>
          )}
        </ul>
      )}
    </section>
  );
}

/** The collections each run asked for the version [R6]. */
async function placesUsed(
  app: AppState,
  version: VersionUid,
): Promise<ReadonlyMap<RunUid, readonly string[]>> {
  const { edges } = await app.cairn.store.lineageAround(
    `version:${version}`,
    { depth: 1, direction: "down", maxNodes: LISTED + 1 },
    [],
  );
  const places = new Map<RunUid, readonly string[]>();
  for (const { to, via } of edges) {
    if (via === undefined) continue;
    const run = to.replace("run:", "") as RunUid;
    places.set(run, [...(places.get(run) ?? []), placeOf(via)]);
  }
  return places;
}

function RunLine({
  run,
  through = [],
  onCut,
}: {
  readonly run: RunRecord;
  /** The collections it asked for the version. */
  readonly through?: readonly string[];
  readonly onCut: () => void;
}): JSX.Element {
  const name = showHidden(run.name);
  return (
    <li>
      {run.deletedAt === null ? (
        <a href={runsHash(run.project, run.name)}>{name}</a>
      ) : (
        <Gone text={name} word="deleted" />
      )}
      <span class="muted">
        {run.state} · <time title={formatTime(run.startedAt)}>{formatAgo(run.startedAt)}</time>
        {through.length > 0 && ` · as ${through.map(showHidden).join(", ")}`}
      </span>
      {!isReadOnly() && (
        <IconButton icon={X} label={`Remove the line to run ${name}`} onClick={onCut} />
      )}
    </li>
  );
}

function VersionLine({
  version,
  isProvisional,
  children,
}: {
  readonly version: NamedVersion;
  readonly isProvisional: boolean;
  readonly children?: ComponentChildren;
}): JSX.Element {
  const { project, name, number, state } = version;
  const text = showHidden(specOf(version));
  return (
    <li>
      {state === "live" ? (
        <a href={versionHash(project, name, formatVersion(number))}>{text}</a>
      ) : (
        <Gone text={text} word={state === "in_trash" ? "in the trash" : "deleted"} />
      )}
      {isProvisional && <ProvisionalChip />}
      {children}
    </li>
  );
}

/** What is not there any more, and where it went. */
function Gone({ text, word }: { readonly text: string; readonly word: string }): JSX.Element {
  return (
    <span>
      <s class="muted">{text}</s> <span class="muted">({word})</span>
    </span>
  );
}
