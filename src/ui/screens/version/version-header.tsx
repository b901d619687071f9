// What a version is: name, aliases, tags, facts, and what can be done with it.
import type { JSX } from "preact";
import { GitCompare, Library, Pin, Tag } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import type { Alias } from "../../../core/names.ts";
import type { VersionRef } from "../../../core/records.ts";
import { formatVersion, type VersionNumber } from "../../../core/version.ts";
import type { VersionDetail, VersionSummary } from "../../../protocol/browse-api.ts";
import type { IngestState } from "../../ingest/ingest-state.ts";
import { Button } from "../../parts/button.tsx";
import { Fact } from "../../parts/fact.tsx";
import { Digest } from "../../parts/digest.tsx";
import { formatBytes, formatCount, formatTime } from "../../parts/format.ts";
import { Icon } from "../../parts/icon.tsx";
import { showHiddenInText } from "../../parts/text.ts";
import { TypeChip } from "../../parts/type-chip.tsx";
import { ProvisionalChip, VersionLabel } from "../../parts/version-label.tsx";
import { compareHash, runsHash } from "../../router.ts";
import type { AliasDrag } from "../../state/alias-drag.ts";
import type { AppState } from "../../state/app-state.ts";
import { isReadOnly } from "../../state/read-only.ts";
import { provisionalIn } from "../../state/synced-state.ts";
import { AliasBar } from "./alias-bar.tsx";
import { LINK_KEY } from "./link-key.ts";
import { LinksSection } from "./links-section.tsx";
import { takeVersion, type LinkWays } from "./version-handle.ts";
import { VersionMenu } from "./version-menu.tsx";
import "./version-header.css";

interface VersionHeaderProps {
  readonly app: AppState;
  readonly ingest: IngestState;
  readonly detail: VersionDetail;
  readonly versions: readonly VersionSummary[];
  readonly drag: AliasDrag;
  readonly onMove: (alias: Alias, to: VersionNumber) => void;
  readonly links: LinkWays;
  /** Whether the description is shown here; elsewhere on the page it may stand in full. */
  readonly hasDescription: boolean;
}

export function VersionHeader({ hasDescription, ...props }: VersionHeaderProps): JSX.Element {
  const { detail } = props;
  const { description } = detail.version;
  return (
    <header class="version-header">
      <VersionTitle {...props} />
      <Labels detail={detail} />
      <LinksSection app={props.app} links={detail.links} />
      <Facts detail={detail} />
      {hasDescription && description !== "" && (
        <p class="version-description">{showHiddenInText(description)}</p>
      )}
    </header>
  );
}

function VersionTitle({
  app,
  ingest,
  detail,
  versions,
  drag,
  onMove,
  links,
}: Omit<VersionHeaderProps, "hasDescription">): JSX.Element {
  const { artifact, version, aliases } = detail;
  const previous = versions.find((summary) => summary.version.number < version.number);
  const specOf = (number: VersionNumber): string =>
    `${artifact.project}/${artifact.name}:${formatVersion(number)}`;
  const isProvisional = provisionalIn(app.sync.remotes.value, artifact)(version);
  const ref: VersionRef = {
    project: artifact.project,
    name: artifact.name,
    number: version.number,
  };
  return (
    <div class="version-title">
      {/* Named as one word: its second part is a box of its own. */}
      <h1 aria-label={showHidden(`${artifact.name}:${formatVersion(version.number)}`)}>
        {showHidden(artifact.name)}
        <span
          class={`version-number${isReadOnly() ? "" : " version-grip"}`}
          {...(!isReadOnly() && {
            title: "Drag into a registry",
            onPointerDown: takeVersion(links, version.number),
          })}
        >
          :<VersionLabel number={version.number} isProvisional={isProvisional} />
        </span>
      </h1>
      <div class="chips">
        <TypeChip type={artifact.type} />
        {isProvisional && <ProvisionalChip />}
        <AliasBar
          key={version.uid}
          app={app}
          version={ref}
          aliases={aliases}
          versions={versions}
          drag={drag}
          onMove={onMove}
        />
      </div>
      <div class="version-actions">
        {previous !== undefined && (
          <a
            class="button is-plain"
            href={compareHash(specOf(previous.version.number), specOf(version.number))}
          >
            <Icon icon={GitCompare} />
            <span class="version-word">Compare with</span>
            {formatVersion(previous.version.number)}
          </a>
        )}
        {!isReadOnly() && (
          <Button
            icon={Library}
            aria-label="Link to a registry"
            aria-keyshortcuts={LINK_KEY}
            title={`Link to a registry (${LINK_KEY})`}
            onClick={() => links.onLink(version.number)}
          >
            <span class="version-word">Link</span>
          </Button>
        )}
        <VersionMenu
          app={app}
          ingest={ingest}
          detail={detail}
          onLink={() => links.onLink(version.number)}
        />
      </div>
    </div>
  );
}

/** Tags of the artifact and of the version, and whether it is pinned. */
function Labels({ detail }: { readonly detail: VersionDetail }): JSX.Element | null {
  const { artifact, version } = detail;
  const tags = [...new Set([...artifact.tags, ...version.tags])];
  if (tags.length === 0 && !version.pinned) return null;
  return (
    <ul class="version-labels" aria-label="Tags">
      {version.pinned && (
        <li>
          <Icon icon={Pin} size={14} /> pinned
        </li>
      )}
      {tags.map((tag) => (
        <li key={tag}>
          <Icon icon={Tag} size={14} /> {showHidden(tag)}
        </li>
      ))}
    </ul>
  );
}

function Facts({ detail }: { readonly detail: VersionDetail }): JSX.Element {
  const { artifact, version, producedBy } = detail;
  return (
    <dl class="facts">
      <Fact name="Size">
        {formatBytes(version.sizeBytes)}
        <span class="muted"> in {formatCount(version.fileCount, "file")}</span>
      </Fact>
      <Fact name="New to the store">
        {formatBytes(version.newBytes)}
        <span class="fact-word">new</span>
      </Fact>
      <Fact name="Logged">
        <time dateTime={version.createdAt}>{formatTime(version.createdAt)}</time>
      </Fact>
      {producedBy.length > 0 && (
        <Fact name="Produced by">
          <span class="fact-word">by</span>
          {producedBy.slice(0, 3).map((run) =>
            run.deletedAt === null ? (
              <a key={run.uid} href={runsHash(artifact.project, run.name)}>
                {showHidden(run.name)}
              </a>
            ) : (
              <s key={run.uid} class="muted" title="This run was deleted">
                {showHidden(run.name)}
              </s>
            ),
          )}
          {producedBy.length > 3 && <span class="muted">+{producedBy.length - 3}</span>}
        </Fact>
      )}
      <Fact name="Manifest digest">
        <Digest digest={version.digest} />
      </Fact>
    </dl>
  );
}
