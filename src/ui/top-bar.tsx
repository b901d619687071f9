// Where we are, and adding files from anywhere.
import type { JSX } from "preact";
import { FilePlus2, FolderPlus, Library, Search } from "lucide";
import { showHidden } from "../core/errors.ts";
import { FIND_KEYS, FIND_SHORTCUT } from "./find/find-keys.ts";
import type { IngestState } from "./ingest/ingest-state.ts";
import { Button } from "./parts/button.tsx";
import { Icon } from "./parts/icon.tsx";
import { Logo } from "./parts/logo.tsx";
import {
  collectionHash,
  formatRoute,
  projectHash,
  registryHash,
  versionHash,
  type Route,
} from "./router.ts";
import { SettingsMenu } from "./settings-menu.tsx";
import { SyncLink } from "./sync-link.tsx";
import type { AppState } from "./state/app-state.ts";
import type { FindState } from "./state/find-state.ts";
import { isReadOnly } from "./state/read-only.ts";
import "./top-bar.css";

export function TopBar({
  app,
  route,
  ingest,
}: {
  readonly app: AppState;
  readonly route: Route;
  readonly ingest: IngestState;
}): JSX.Element {
  const crumbs = crumbsOf(app, route);
  return (
    <header class="top-bar">
      <a
        class="brand"
        href="#/"
        aria-label="Cairn"
        {...(route.kind === "home" && { "aria-current": "page" as const })}
      >
        <Logo />
        <span>Cairn</span>
      </a>
      <nav class="crumbs" aria-label="Breadcrumbs">
        <ol>
          {crumbs.map(({ text, hash }, i) => (
            <li key={hash}>
              <a
                href={hash}
                title={text}
                {...(i === crumbs.length - 1 && { "aria-current": "page" as const })}
              >
                {text}
              </a>
            </li>
          ))}
        </ol>
      </nav>
      <div class="top-actions">
        <FindButton find={app.find} />
        <Places app={app} route={route} />
        {!isReadOnly() && <AddButtons ingest={ingest} />}
        <SettingsMenu find={app.find} />
      </div>
    </header>
  );
}

function AddButtons({ ingest }: { readonly ingest: IngestState }): JSX.Element {
  return (
    <>
      <Button
        icon={FilePlus2}
        aria-label="Add files"
        title="Add files"
        onClick={() => ingest.chooseFiles()}
      >
        <span class="top-text">Files</span>
      </Button>
      <Button
        icon={FolderPlus}
        aria-label="Add folder"
        title="Add folder"
        onClick={() => ingest.chooseFolder()}
      >
        <span class="top-text">Folder</span>
      </Button>
    </>
  );
}

/** What concerns all projects: one press away from every page. */
function Places({ app, route }: { readonly app: AppState; readonly route: Route }): JSX.Element {
  return (
    <nav class="top-places" aria-label="Places">
      <a
        class="button is-plain"
        href={REGISTRIES_CRUMB.hash}
        aria-label="Registries"
        title="Registries"
        {...(route.kind === "registries" && { "aria-current": "page" as const })}
      >
        <Icon icon={Library} />
        <span class="top-text">Registries</span>
      </a>
      <SyncLink app={app} isCurrent={route.kind === "sync"} />
    </nav>
  );
}

function FindButton({ find }: { readonly find: FindState }): JSX.Element {
  return (
    <button
      type="button"
      class="button is-plain top-find"
      aria-label="Search"
      title={`Search (${FIND_KEYS.join(" ")})`}
      aria-haspopup="dialog"
      aria-keyshortcuts={FIND_SHORTCUT}
      onClick={() => find.open()}
    >
      <Icon icon={Search} />
      <span class="top-find-text">Search</span>
      <span class="top-find-keys">
        {FIND_KEYS.map((key) => (
          <kbd key={key} data-key={key} />
        ))}
      </span>
    </button>
  );
}

interface Crumb {
  readonly text: string;
  readonly hash: string;
}

function crumbsOf(app: AppState, route: Route): readonly Crumb[] {
  switch (route.kind) {
    case "project":
      return [projectCrumb(route.project)];
    case "version":
      return [
        projectCrumb(route.project),
        { text: showHidden(route.name), hash: versionHash(route.project, route.name, "latest") },
      ];
    case "registries":
      return [REGISTRIES_CRUMB];
    case "registry":
      return [REGISTRIES_CRUMB, registryCrumb(route.registry)];
    case "collection":
      return [
        REGISTRIES_CRUMB,
        registryCrumb(route.registry),
        {
          text: showHidden(route.collection),
          hash: collectionHash(route.registry, route.collection),
        },
      ];
    case "profile":
      return [{ text: "Profile", hash: formatRoute({ kind: "profile", add: "" }) }];
    case "sync":
      return [SYNC_CRUMB];
    case "remote": {
      const remote = app.sync.remotes.value.find(({ uid }) => uid === route.remote);
      const text = remote === undefined ? "Repository" : showHidden(remote.repo);
      return [SYNC_CRUMB, { text, hash: formatRoute(route) }];
    }
    case "trash":
      return [{ text: "Trash", hash: formatRoute(route) }];
    case "care":
      return [{ text: "Storage & safety", hash: formatRoute(route) }];
    default:
      return [];
  }
}

const REGISTRIES_CRUMB: Crumb = {
  text: "Registries",
  hash: formatRoute({ kind: "registries", query: "" }),
};

const SYNC_CRUMB: Crumb = { text: "Sync", hash: formatRoute({ kind: "sync", connect: null }) };

function registryCrumb(registry: string): Crumb {
  return { text: showHidden(registry), hash: registryHash(registry) };
}

function projectCrumb(project: string): Crumb {
  return { text: showHidden(project), hash: projectHash(project) };
}
