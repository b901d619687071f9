// A collection: what it is, the versions linked to it, its card and its history; or one of its versions.
import type { JSX } from "preact";
import { CircleQuestionMark } from "lucide";
import { describeError, type Problem } from "../../../core/errors.ts";
import { Button } from "../../parts/button.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorNote } from "../../parts/error-note.tsx";
import { lazy } from "../../parts/lazy.tsx";
import { Loading } from "../../parts/loading.tsx";
import { Tabs, type Tab } from "../../parts/tabs.tsx";
import type { CollectionDetail } from "../../../protocol/registry-link-api.ts";
import {
  formatRoute,
  registryHash,
  UNFILTERED_REGISTRY,
  type CollectionRoute,
  type CollectionTab,
  type RegistryRoute,
} from "../../router.ts";
import type { AppState } from "../../state/app-state.ts";
import { useResource } from "../../state/use-resource.ts";
import { AsOfBar } from "./as-of.tsx";
import { CollectionHeader } from "./collection-header.tsx";
import { NotThen } from "./not-then.tsx";
import { specIn } from "./place-text.ts";
import { VersionsTab } from "./versions-tab.tsx";
import { WayBack } from "./way-back.tsx";
import "./collection-screen.css";

const LinkPage = lazy(() => import("./link-page.tsx").then((module) => module.LinkPage));
const CardTab = lazy(() => import("./card-tab.tsx").then((module) => module.CardTab));
const HistoryTab = lazy(() => import("./history-tab.tsx").then((module) => module.HistoryTab));

interface CollectionScreenProps {
  readonly app: AppState;
  readonly route: CollectionRoute;
}

export function CollectionScreen({ app, route }: CollectionScreenProps): JSX.Element {
  const { registry, collection, asOf, selector } = route;
  const loaded = useResource(app, `${registry}/${collection}@${asOf}`, () =>
    app.cairn.store.getCollection(registry, collection, asOf === "" ? null : asOf),
  );
  if (loaded.phase === "loading") return <Loading what="the collection" />;
  const detail = loaded.phase === "ready" ? loaded.value : null;
  return (
    <div class="collection">
      <AsOfBar
        asOf={asOf}
        onChange={(time) => app.replaceRoute({ ...route, asOf: time })}
        spec={specIn(route, selector === "" ? "latest" : selector)}
        {...(detail !== null && {
          since: detail.registry.createdAt,
          isLoading: asOf !== (detail.asOf ?? ""),
        })}
      />
      {loaded.phase === "failed" ? (
        <Failure problem={loaded.problem} route={route} />
      ) : selector === "" ? (
        <Overview app={app} route={route} detail={loaded.value} />
      ) : (
        <LinkPage key={selector} app={app} route={route} detail={loaded.value} />
      )}
    </div>
  );
}

interface OverviewProps extends CollectionScreenProps {
  readonly detail: CollectionDetail;
}

function Overview({ app, route, detail }: OverviewProps): JSX.Element {
  const tabs: readonly Tab<CollectionTab>[] = [
    { id: "versions", text: "Versions", count: detail.links },
    { id: "card", text: "Card" },
    { id: "history", text: "History" },
  ];
  return (
    <div class="collection-overview">
      <WayBack href={formatRoute(registryAt(route))}>All collections</WayBack>
      <CollectionHeader app={app} route={route} detail={detail} />
      <Tabs
        label="Views of this collection"
        tabs={tabs}
        current={route.tab}
        onChange={(tab) => app.replaceRoute({ ...route, tab })}
      >
        {route.tab === "card" ? (
          <CardTab app={app} detail={detail} />
        ) : route.tab === "history" ? (
          <HistoryTab app={app} detail={detail} />
        ) : (
          <VersionsTab route={route} detail={detail} />
        )}
      </Tabs>
    </div>
  );
}

/** The collection's registry, at the same time. */
function registryAt({ registry, asOf }: CollectionRoute): RegistryRoute {
  return { ...UNFILTERED_REGISTRY, kind: "registry", registry, tab: "collections", asOf };
}

function Failure({
  problem,
  route,
}: {
  readonly problem: Problem;
  readonly route: CollectionRoute;
}): JSX.Element {
  if (problem.code !== "not_found" && problem.code !== "no_registry")
    return (
      <ErrorNote problem={problem}>
        <Button onClick={() => location.reload()}>Reload</Button>
      </ErrorNote>
    );
  const isRegistryMissing = problem.code === "no_registry";
  if (route.asOf !== "" && !isRegistryMissing) return <NotThen name={route.collection} />;
  return (
    <EmptyState icon={CircleQuestionMark} title={describeError(problem)} isPage>
      <a
        class="button is-primary"
        href={
          isRegistryMissing
            ? formatRoute({ kind: "registries", query: "" })
            : registryHash(route.registry)
        }
      >
        {isRegistryMissing ? "All registries" : "The registry's collections"}
      </a>
    </EmptyState>
  );
}
