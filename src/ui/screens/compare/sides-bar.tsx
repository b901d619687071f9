// The two versions: each can be chosen anew and opened, and both change places.
import type { JSX } from "preact";
import { ArrowLeftRight } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import { parseSpec } from "../../../core/spec.ts";
import { Button, IconButton } from "../../parts/button.tsx";
import { AliasChip } from "../../parts/chip.tsx";
import { ErrorNote } from "../../parts/error-note.tsx";
import { formatBytes, formatCount, formatTime } from "../../parts/format.ts";
import { ProvisionalChip } from "../../parts/version-label.tsx";
import { formatRoute, type CompareRoute } from "../../router.ts";
import type { AppState } from "../../state/app-state.ts";
import type { Resource } from "../../state/resource.ts";
import { provisionalIn } from "../../state/synced-state.ts";
import { hashOf, refOf, specOf, type Side } from "./side.ts";
import type { Home } from "./version-options.ts";
import { VersionPicker } from "./version-picker.tsx";

interface SidesBarProps {
  readonly app: AppState;
  readonly route: CompareRoute;
  /** `null` while none is chosen. */
  readonly before: Resource<Side> | null;
  readonly after: Resource<Side> | null;
}

export function SidesBar({ app, route, before, after }: SidesBarProps): JSX.Element {
  // A step in the history: Back leads to the former pair.
  const go = (sides: { readonly before?: string; readonly after?: string }): void => {
    location.hash = formatRoute({ ...route, ...sides });
  };
  return (
    <div class="sides">
      <SideCard
        app={app}
        name="Before"
        spec={route.before}
        side={before}
        home={homeOf(route.before, before) ?? homeOf(route.after, after)}
        onPick={(spec) => go({ before: spec })}
      />
      <div class="sides-swap">
        <IconButton
          icon={ArrowLeftRight}
          label="Swap sides"
          onClick={() => go({ before: route.after, after: route.before })}
        />
      </div>
      <SideCard
        app={app}
        name="After"
        spec={route.after}
        side={after}
        home={homeOf(route.after, after) ?? homeOf(route.before, before)}
        onPick={(spec) => go({ after: spec })}
      />
    </div>
  );
}

interface SideCardProps {
  readonly app: AppState;
  readonly name: string;
  readonly spec: string;
  readonly side: Resource<Side> | null;
  readonly home: Home;
  readonly onPick: (spec: string) => void;
}

function SideCard({ app, name, spec, side, home, onPick }: SideCardProps): JSX.Element {
  return (
    <section class="side" aria-label={name}>
      <span class="side-name" aria-hidden="true">
        {name}
      </span>
      <VersionPicker app={app} label={`${name}: version`} spec={spec} home={home} onPick={onPick} />
      {side?.phase === "ready" && <SideFacts app={app} side={side.value} spec={spec} />}
      {side?.phase === "failed" && (
        <ErrorNote problem={side.problem}>
          {side.problem.code === "in_trash" && (
            <Button small onClick={() => app.openTrash()}>
              Open the trash
            </Button>
          )}
          <span class="muted">Choose another version above.</span>
        </ErrorNote>
      )}
    </section>
  );
}

function SideFacts({
  app,
  side,
  spec,
}: Pick<SideCardProps, "app" | "spec"> & { readonly side: Side }): JSX.Element {
  const { artifact, version, aliases } = side;
  const full = specOf(side);
  return (
    <p class="side-facts">
      <a href={hashOf(side)}>
        {spec === full ? "Open" : `Open ${showHidden(full)}`}
        <span class="visually-hidden"> {spec === full ? showHidden(full) : ""}</span>
      </a>
      {provisionalIn(app.sync.remotes.value, artifact)(version) && <ProvisionalChip />}
      {aliases.map((alias) => (
        <AliasChip key={alias} alias={alias} />
      ))}
      <span class="muted">
        {formatTime(version.createdAt)} · {formatBytes(version.sizeBytes)} in{" "}
        {formatCount(version.fileCount, "file")}
      </span>
    </p>
  );
}

/** The artifact whose versions are offered first: that of the version, or the one a spec names that isn't there. */
function homeOf(spec: string, side: Resource<Side> | null): Home {
  if (side?.phase === "ready") return refOf(side.value);
  try {
    const parsed = parseSpec(spec);
    return parsed.kind === "artifact" && parsed.project !== null
      ? { project: parsed.project, name: parsed.name }
      : null;
  } catch {
    return null;
  }
}
