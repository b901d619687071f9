// The shell around every screen.
import type { ReadonlySignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { JSX } from "preact";
import { showHidden } from "../core/errors.ts";
import { FindLayer } from "./find/find-layer.tsx";
import { IngestLayer } from "./ingest/ingest-layer.tsx";
import type { IngestState } from "./ingest/ingest-state.ts";
import type { DragPlace } from "./ingest/page-drop.ts";
import { Alarms } from "./alarms.tsx";
import { Button } from "./parts/button.tsx";
import { EmptyState } from "./parts/empty-state.tsx";
import { lazy } from "./parts/lazy.tsx";
import { ToastStack } from "./parts/toasts.tsx";
import type { PwaState } from "./pwa/pwa-state.ts";
import { collectionHash, projectHash, registryHash, versionHash, type Route } from "./router.ts";
import { HomeScreen } from "./screens/home-screen.tsx";
import type { AppState } from "./state/app-state.ts";
import { hasBytesToTell } from "./state/moving-bytes.ts";
import { isReadOnly } from "./state/read-only.ts";
import { TopBar } from "./top-bar.tsx";
import "./app.css";

const ProjectScreen = lazy(() =>
  import("./screens/project-screen.tsx").then((module) => module.ProjectScreen),
);
const VersionScreen = lazy(() =>
  import("./screens/version/version-screen.tsx").then((module) => module.VersionScreen),
);
const CompareScreen = lazy(() =>
  import("./screens/compare/compare-screen.tsx").then((module) => module.CompareScreen),
);
const RegistriesScreen = lazy(() =>
  import("./screens/registries/registries-screen.tsx").then((module) => module.RegistriesScreen),
);
const RegistryScreen = lazy(() =>
  import("./screens/registry/registry-screen.tsx").then((module) => module.RegistryScreen),
);
const CollectionScreen = lazy(() =>
  import("./screens/collection/collection-screen.tsx").then((module) => module.CollectionScreen),
);
const ProfileScreen = lazy(() =>
  import("./screens/profile/profile-screen.tsx").then((module) => module.ProfileScreen),
);
const SyncScreen = lazy(() =>
  import("./screens/sync/sync-screen.tsx").then((module) => module.SyncScreen),
);
const RemoteScreen = lazy(() =>
  import("./screens/remote/remote-screen.tsx").then((module) => module.RemoteScreen),
);
const TrashScreen = lazy(() =>
  import("./screens/trash/trash-screen.tsx").then((module) => module.TrashScreen),
);
const CareScreen = lazy(() =>
  import("./screens/care/care-screen.tsx").then((module) => module.CareScreen),
);
const DownloadNote = lazy(() =>
  import("./screens/version/download-note.tsx").then((module) => module.DownloadNote),
);
const VerifyNote = lazy(() =>
  import("./screens/care/verify-note.tsx").then((module) => module.VerifyNote),
);

const BytesNote = lazy(() => import("./syncing/bytes-note.tsx").then((module) => module.BytesNote));
const ShownNote = lazy(() => import("./shown/shown-note.tsx").then((module) => module.ShownNote));

/** Pages of one's own data, of which a page that only shows something has none. */
const OWN_PAGES: ReadonlySet<Route["kind"]> = new Set(["profile", "sync", "remote", "trash"]);

interface AppProps {
  readonly app: AppState;
  readonly ingest: IngestState;
  /** Where files are being dragged now. */
  readonly dragPlace: ReadonlySignal<DragPlace>;
  readonly pwa: PwaState;
}

export function App({ app, ingest, dragPlace, pwa }: AppProps): JSX.Element {
  const route = app.route.value;
  const title = titleOf(route);
  useEffect(() => {
    document.title = title;
  }, [title]);
  useFocusOnNewPlace(placeOf(route));
  return (
    <>
      <a class="skip-link" href="#main" onClick={skipToMain}>
        Skip to content
      </a>
      <TopBar app={app} route={route} ingest={ingest} />
      <Alarms app={app} pwa={pwa} />
      {app.cairn.shows !== null && <ShownNote app={app} shown={app.cairn.shows} />}
      <main id="main" tabIndex={-1}>
        {app.download.isShown && <DownloadNote app={app} />}
        {hasBytesToTell() && <BytesNote app={app} />}
        {app.verify.isShown && <VerifyNote verify={app.verify} />}
        <Screen app={app} ingest={ingest} route={route} />
      </main>
      <IngestLayer ingest={ingest} place={dragPlace.value} />
      <FindLayer app={app} ingest={ingest} />
      <ToastStack toasts={app.toasts} />
    </>
  );
}

function Screen({
  app,
  ingest,
  route,
}: {
  readonly app: AppState;
  readonly ingest: IngestState;
  readonly route: Route;
}): JSX.Element {
  if (isReadOnly() && OWN_PAGES.has(route.kind)) return <NothingHere />;
  switch (route.kind) {
    case "home":
      return <HomeScreen app={app} ingest={ingest} route={route} />;
    case "project":
      return <ProjectScreen key={route.project} app={app} route={route} />;
    case "version":
      return (
        <VersionScreen
          key={`${route.project}/${route.name}`}
          app={app}
          ingest={ingest}
          route={route}
        />
      );
    case "compare":
      return <CompareScreen app={app} route={route} />;
    case "registries":
      return <RegistriesScreen app={app} route={route} />;
    case "registry":
      return <RegistryScreen key={route.registry} app={app} route={route} />;
    case "collection":
      return (
        <CollectionScreen key={`${route.registry}/${route.collection}`} app={app} route={route} />
      );
    case "profile":
      return <ProfileScreen app={app} route={route} />;
    case "sync":
      return <SyncScreen app={app} route={route} />;
    case "remote":
      return <RemoteScreen key={route.remote} app={app} route={route} />;
    case "trash":
      return <TrashScreen app={app} />;
    case "care":
      return <CareScreen app={app} route={route} />;
    case "unknown":
      return <NothingHere />;
  }
}

function NothingHere(): JSX.Element {
  return (
    <EmptyState title="There is nothing at this address" isPage>
      <Button variant="primary" onClick={() => (location.hash = "#/")}>
        All projects
      </Button>
    </EmptyState>
  );
}

/** On a new page reading and tabbing go on at its start; moving between versions of one artifact is no new page. */
function useFocusOnNewPlace(place: string): void {
  const previous = useRef(place);
  useEffect(() => {
    if (previous.current === place) return;
    previous.current = place;
    document.getElementById("main")?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [place]);
}

function placeOf(route: Route): string {
  return route.kind === "version"
    ? versionHash(route.project, route.name, "latest")
    : route.kind === "project"
      ? projectHash(route.project)
      : route.kind === "registry"
        ? registryHash(route.registry)
        : route.kind === "collection"
          ? collectionHash(route.registry, route.collection)
          : route.kind;
}

/** The hash is the route, so the link must not follow it. */
function skipToMain(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

function titleOf(route: Route): string {
  switch (route.kind) {
    case "home":
      return "Cairn";
    case "project":
      return `${showHidden(route.project)} · Cairn`;
    case "version":
      return `${showHidden(route.name)}:${showHidden(route.selector)} · ${showHidden(route.project)} · Cairn`;
    case "compare":
      return route.before === "" || route.after === ""
        ? "Compare versions · Cairn"
        : `${showHidden(route.before)} → ${showHidden(route.after)} · Cairn`;
    case "registries":
      return "Registries · Cairn";
    case "registry":
      return `${showHidden(route.registry)} · Registries · Cairn`;
    case "collection":
      return `${showHidden(route.collection)} · ${showHidden(route.registry)} · Cairn`;
    case "profile":
      return "Profile · Cairn";
    case "sync":
    case "remote":
      return "Sync · Cairn";
    case "trash":
      return "Trash · Cairn";
    case "care":
      return "Storage & safety · Cairn";
    case "unknown":
      return "Not found · Cairn";
  }
}
