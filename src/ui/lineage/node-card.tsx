// What is known of one node, and where to go from it.
import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { useEffect } from "preact/hooks";
import { Crosshair, ExternalLink, GitCompareArrows, ListCollapse, Plus, X } from "lucide";
import { describeError, problemOf, showHidden } from "../../core/errors.ts";
import type { VisibleNode } from "../../core/lineage-view.ts";
import type { LineageNode, LineageRun, LineageVersion } from "../../core/lineage.ts";
import type { RunRecord } from "../../core/records.ts";
import { formatVersion, specOf } from "../../core/version.ts";
import { Button, IconButton } from "../parts/button.tsx";
import { AliasChip, Chip } from "../parts/chip.tsx";
import { Fact } from "../parts/fact.tsx";
import { formatAgo, formatBytes, formatTime } from "../parts/format.ts";
import { Icon } from "../parts/icon.tsx";
import { showHiddenInText } from "../parts/text.ts";
import { ProvisionalChip } from "../parts/version-label.tsx";
import { collectionHash, compareHash, runsHash, versionHash } from "../router.ts";
import type { AppState } from "../state/app-state.ts";
import type { LineageState } from "../state/lineage-state.ts";
import { GroupMembers } from "./group-members.tsx";
import { goneWord, placeText, titleOf, usesThrough } from "./node-text.ts";
import type { IsProvisional } from "./provisional-nodes.ts";
import { iconOf } from "./type-icon.ts";
import "./node-card.css";

interface NodeCardProps {
  readonly app: AppState;
  readonly state: LineageState;
  readonly node: VisibleNode;
  readonly isProvisional: IsProvisional;
  /** Gives the keyboard back to the graph. */
  readonly onClose: () => void;
}

export function NodeCard(props: NodeCardProps): JSX.Element {
  const { app, state, node, isProvisional, onClose } = props;
  return (
    <section class="card lg-card" aria-label={`About ${titleOf(node)}`}>
      <header>
        <Icon icon={iconOf(node)} />
        <h2>{titleOf(node)}</h2>
        <IconButton icon={X} label="Close card (Esc)" onClick={onClose} />
      </header>
      {node.kind === "group" ? (
        <GroupMembers key={node.id} state={state} set={node.set} isProvisional={isProvisional} />
      ) : (
        <>
          {node.kind === "version" ? (
            <VersionFacts version={node} isProvisional={isProvisional(node)} />
          ) : (
            <RunFacts key={node.id} app={app} run={node} />
          )}
          <Uses state={state} node={node} />
          <Actions state={state} node={node} />
        </>
      )}
    </section>
  );
}

function VersionFacts({
  version,
  isProvisional,
}: {
  readonly version: LineageVersion;
  readonly isProvisional: boolean;
}): JSX.Element {
  const { project, type, aliases, collections, sizeBytes, fileCount, createdAt } = version;
  const gone = goneWord(version);
  return (
    <>
      <div class="chips">
        <Chip>{showHidden(type)}</Chip>
        {isProvisional && <ProvisionalChip />}
        {aliases.map((alias) => (
          <AliasChip key={alias} alias={alias} />
        ))}
      </div>
      <dl class="lg-facts">
        <Fact name="Project">{showHidden(project)}</Fact>
        <Fact name="Size">{formatBytes(sizeBytes)}</Fact>
        <Fact name="Files">{fileCount.toLocaleString("en")}</Fact>
        <Fact name="Created">
          <When at={createdAt} />
        </Fact>
        {gone !== "" && <Fact name="State">{gone}</Fact>}
        {collections.length > 0 && (
          <Fact name="Linked in">
            <span class="lg-places">
              {collections.map((place) => {
                const { registry, collection, number } = place;
                const text = placeText(place);
                return (
                  <a key={text} href={collectionHash(registry, collection, formatVersion(number))}>
                    {text}
                  </a>
                );
              })}
            </span>
          </Fact>
        )}
      </dl>
    </>
  );
}

/** Uses are many at a version that all runs start from. */
const USES = 20;

/** Which registry a run asked for what it used [R6]. */
function Uses({
  state,
  node,
}: {
  readonly state: LineageState;
  readonly node: LineageNode;
}): JSX.Element | null {
  const graph = state.graph.value;
  const uses = graph === null ? [] : usesThrough(node, graph);
  if (uses.length === 0) return null;
  return (
    <>
      <h3>{node.kind === "run" ? "Used through a registry" : "Used by, through a registry"}</h3>
      <ul class="lg-places">
        {uses.slice(0, USES).map((use) => (
          <li key={use}>{use}</li>
        ))}
        {uses.length > USES && (
          <li class="muted">and {(uses.length - USES).toLocaleString("en")} more</li>
        )}
      </ul>
    </>
  );
}

function RunFacts({ app, run }: { readonly app: AppState; readonly run: LineageRun }): JSX.Element {
  const record = useSignal<RunRecord | null>(null);
  const failure = useSignal<string | null>(null);
  useEffect(() => {
    app.cairn.store.getRun(run.uid).then(
      (found) => (record.value = found),
      (error: unknown) => (failure.value = describeError(problemOf(error))),
    );
  }, [app, run.uid, record, failure]);
  const config = record.value?.config ?? {};
  return (
    <>
      <dl class="lg-facts">
        <Fact name="Project">{showHidden(run.project)}</Fact>
        <Fact name="State">{run.isDeleted ? `${run.state}, deleted` : run.state}</Fact>
        <Fact name="Started">
          <When at={run.startedAt} />
        </Fact>
      </dl>
      {/* A deleted run is only a name. */}
      {failure.value !== null && !run.isDeleted && <p class="muted">{failure.value}</p>}
      {Object.keys(config).length > 0 && (
        <>
          <h3>Config</h3>
          <pre tabIndex={0} aria-label="Config">
            {showHiddenInText(JSON.stringify(config, null, 2))}
          </pre>
        </>
      )}
    </>
  );
}

function When({ at }: { readonly at: string }): JSX.Element {
  return (
    <time dateTime={at} title={formatTime(at)}>
      {formatAgo(at)}
    </time>
  );
}

function Actions({
  state,
  node,
}: {
  readonly state: LineageState;
  readonly node: LineageNode;
}): JSX.Element {
  const focus = state.nodes.value.get(state.focus.value);
  const compared = compareHref(node, focus);
  const set = state.visible.value?.setOf.get(node.id);
  return (
    <div class="lg-actions">
      {goneWord(node) === "" && (
        <LinkButton href={hrefOf(node)} icon={ExternalLink}>
          {node.kind === "run" ? "Open in runs" : "Open"}
        </LinkButton>
      )}
      {focus !== undefined && compared !== null && (
        <LinkButton href={compared} icon={GitCompareArrows}>
          Compare with {titleOf(focus)}
        </LinkButton>
      )}
      {node.id !== state.focus.value && (
        <Button small icon={Crosshair} onClick={() => void state.focusOn(node.id)}>
          Draw around this
        </Button>
      )}
      {node.hasMore && (
        <Button small icon={Plus} onClick={() => void state.expand(node.id)}>
          Show its neighbours
        </Button>
      )}
      {set !== undefined && (
        <Button
          small
          icon={ListCollapse}
          onClick={() => {
            if (state.isSetOpen(set)) state.setOpen(set, false);
            else state.takeOut(node.id, false);
          }}
        >
          {state.isSetOpen(set) ? `Fold ${set.members.length} alike` : "Put back into its group"}
        </Button>
      )}
    </div>
  );
}

/** Where the two are compared, or `null` where they can't be. */
function compareHref(node: LineageNode, focus: LineageNode | undefined): string | null {
  if (node.kind !== "version" || focus?.kind !== "version" || node.id === focus.id) return null;
  if (node.state !== "live" || focus.state !== "live") return null;
  return compareHash(specOf(focus), specOf(node));
}

function LinkButton({
  href,
  icon,
  children,
}: {
  readonly href: string;
  readonly icon: typeof ExternalLink;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <a class="button is-plain is-small" href={href}>
      <Icon icon={icon} />
      {children}
    </a>
  );
}

function hrefOf(node: LineageNode): string {
  return node.kind === "run"
    ? runsHash(node.project, node.name)
    : versionHash(node.project, node.name, formatVersion(node.number));
}
