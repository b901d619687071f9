// One version of an artifact: what it is, the timeline it stands in, its files.
import type { ComponentChildren, JSX } from "preact";
import { showHidden } from "../../../core/errors.ts";
import { formatVersion } from "../../../core/version.ts";
import type { VersionDetail } from "../../../protocol/store-api.ts";
import { AliasChip, Chip } from "../../parts/chip.tsx";
import { Digest } from "../../parts/digest.tsx";
import { formatBytes, formatCount, formatTime } from "../../parts/format.ts";
import { LoadFailure } from "../../parts/load-failure.tsx";
import { Loading } from "../../parts/loading.tsx";
import { showHiddenInText } from "../../parts/text.ts";
import type { Route } from "../../router.ts";
import type { AppState } from "../../state/app-state.ts";
import { useResource } from "../../state/use-resource.ts";
import { FilesPanel } from "./files-panel.tsx";
import { Timeline } from "./timeline.tsx";
import "./version-screen.css";

export type VersionRoute = Extract<Route, { kind: "version" }>;

interface VersionScreenProps {
  readonly app: AppState;
  readonly route: VersionRoute;
}

export function VersionScreen({ app, route }: VersionScreenProps): JSX.Element {
  const { project, name, selector } = route;
  const { store } = app.cairn;
  const loaded = useResource(app, `${project}/${name}:${selector}`, () =>
    Promise.all([store.getVersion(project, name, selector), store.getArtifact(project, name)]),
  );
  if (loaded.phase === "loading") return <Loading what="the version" />;
  if (loaded.phase === "failed") return <LoadFailure problem={loaded.problem} />;
  const [detail, { versions }] = loaded.value;
  return (
    <div class="version">
      <header class="version-header">
        <VersionTitle detail={detail} />
        <Facts detail={detail} />
        {detail.version.description !== "" && (
          <p class="version-description">{showHiddenInText(detail.version.description)}</p>
        )}
        <Metadata detail={detail} />
      </header>
      <Timeline artifact={detail.artifact} versions={versions} current={detail.version.number} />
      <FilesPanel key={detail.version.uid} app={app} detail={detail} route={route} />
    </div>
  );
}

function VersionTitle({ detail }: { readonly detail: VersionDetail }): JSX.Element {
  const { artifact, version, aliases } = detail;
  return (
    <div class="version-title">
      <h1>
        {showHidden(artifact.name)}
        <span class="version-number">:{formatVersion(version.number)}</span>
      </h1>
      <div class="chips">
        <Chip>{showHidden(artifact.type)}</Chip>
        {aliases.map((alias) => (
          <AliasChip key={alias} alias={alias} />
        ))}
      </div>
    </div>
  );
}

function Facts({ detail }: { readonly detail: VersionDetail }): JSX.Element {
  const { version, producedBy } = detail;
  return (
    <dl class="facts">
      <Fact name="Size">
        {formatBytes(version.sizeBytes)}
        <span class="muted"> in {formatCount(version.fileCount, "file")}</span>
      </Fact>
      <Fact name="New to the store">{formatBytes(version.newBytes)}</Fact>
      <Fact name="Logged">
        <time dateTime={version.createdAt}>{formatTime(version.createdAt)}</time>
      </Fact>
      {producedBy.length > 0 && (
        <Fact name="Produced by">{producedBy.map(({ name }) => showHidden(name)).join(", ")}</Fact>
      )}
      <Fact name="Manifest digest">
        <Digest digest={version.digest} />
      </Fact>
    </dl>
  );
}

function Fact({
  name,
  children,
}: {
  readonly name: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Metadata({ detail }: { readonly detail: VersionDetail }): JSX.Element | null {
  const { metadata } = detail.version;
  const keys = Object.keys(metadata).length;
  if (keys === 0) return null;
  return (
    <details class="version-metadata">
      <summary>Metadata · {formatCount(keys, "key")}</summary>
      <pre tabIndex={0}>{showHiddenInText(JSON.stringify(metadata, null, 2))}</pre>
    </details>
  );
}
