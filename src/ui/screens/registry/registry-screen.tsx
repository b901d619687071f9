// A registry: its collections, requests, audit and settings, now or as it was.
import type { JSX } from "preact";
import type { RegistryDetail } from "../../../protocol/registry-link-api.ts";
import { lazy } from "../../parts/lazy.tsx";
import { LoadFailure } from "../../parts/load-failure.tsx";
import { Loading } from "../../parts/loading.tsx";
import { Tabs, type Tab } from "../../parts/tabs.tsx";
import { UNFILTERED_REGISTRY, type RegistryRoute, type RegistryTab } from "../../router.ts";
import type { AppState } from "../../state/app-state.ts";
import { useResource } from "../../state/use-resource.ts";
import { AsOfBar } from "../collection/as-of.tsx";
import { NotThen } from "../collection/not-then.tsx";
import { CollectionList } from "./collection-list.tsx";
import { RegistryHeader } from "./registry-header.tsx";
import "./registry-screen.css";

const RequestsTab = lazy(() => import("./requests-tab.tsx").then((module) => module.RequestsTab));
const AuditTab = lazy(() => import("./audit-tab.tsx").then((module) => module.AuditTab));
const SettingsTab = lazy(() =>
  import("./settings/settings-tab.tsx").then((module) => module.SettingsTab),
);

interface RegistryScreenProps {
  readonly app: AppState;
  readonly route: RegistryRoute;
}

export function RegistryScreen({ app, route }: RegistryScreenProps): JSX.Element {
  const { registry: name, asOf } = route;
  const loaded = useResource(app, `${name}@${asOf}`, () =>
    app.cairn.store.getRegistry(name, asOf === "" ? null : asOf),
  );
  const look = (to: string): void => app.replaceRoute({ ...route, asOf: to });
  if (loaded.phase === "loading") return <Loading what="the registry" />;
  if (loaded.phase === "failed")
    return (
      <div class="registry">
        {asOf !== "" && <AsOfBar asOf={asOf} onChange={look} />}
        {asOf !== "" && loaded.problem.code === "not_found" ? (
          <NotThen name={name} />
        ) : (
          <LoadFailure problem={loaded.problem} />
        )}
      </div>
    );
  const registry = loaded.value;
  return (
    <section class="registry">
      <RegistryHeader app={app} registry={registry} route={route}>
        <AsOfBar
          asOf={asOf}
          isLoading={asOf !== (registry.asOf ?? "")}
          since={registry.createdAt}
          onChange={look}
        />
      </RegistryHeader>
      <Tabs
        label="Views of this registry"
        tabs={tabsOf(registry)}
        current={route.tab}
        onChange={(tab) => app.replaceRoute({ ...route, ...UNFILTERED_REGISTRY, asOf, tab })}
      >
        <View app={app} route={route} registry={registry} />
      </Tabs>
    </section>
  );
}

function View({
  app,
  route,
  registry,
}: RegistryScreenProps & { readonly registry: RegistryDetail }): JSX.Element {
  switch (route.tab) {
    case "collections":
      return <CollectionList app={app} route={route} registry={registry} />;
    case "requests":
      return <RequestsTab app={app} route={route} detail={registry} />;
    case "audit":
      return <AuditTab app={app} route={route} detail={registry} />;
    case "settings":
      return <SettingsTab app={app} registry={registry} />;
  }
}

function tabsOf({ requestList }: RegistryDetail): readonly Tab<RegistryTab>[] {
  return [
    { id: "collections", text: "Collections" },
    {
      id: "requests",
      text: "Requests",
      count: requestList.filter(({ settled }) => settled === null).length,
    },
    { id: "audit", text: "Audit" },
    { id: "settings", text: "Settings" },
  ];
}
