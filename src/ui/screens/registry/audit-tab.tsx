// The signed log of a registry: filtered, checked, taken along [E3].
import { useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { AuditState, type AuditFilter } from "../../state/audit-state.ts";
import { AuditFilters } from "./audit/audit-filters.tsx";
import { AuditList } from "./audit/audit-list.tsx";
import { LogChecks } from "./audit/log-checks.tsx";
import type { RegistryTabProps } from "./requests-tab.tsx";
import "../../parts/table-row.css";
import "./audit/audit.css";

export function AuditTab({ app, route, detail }: RegistryTabProps): JSX.Element {
  const [audit] = useState(() => new AuditState(app.cairn.store, route.registry));
  const more = useSignal({ isFaulty: false, from: "", to: "" });
  const filter: AuditFilter = {
    act: route.act,
    actor: route.actor,
    collection: route.query,
    ...more.value,
    to: earlier(more.value.to, route.asOf),
  };
  const key = JSON.stringify(filter);
  const latest = useRef(filter);
  latest.current = filter;
  useEffect(() => void audit.show(latest.current), [audit, key]);
  const seen = useRef(app.changes.peek());
  useSignalEffect(() => {
    if (app.changes.value === seen.current) return;
    seen.current = app.changes.value;
    void audit.refresh();
  });
  const change = ({ act, actor, collection, ...others }: Partial<AuditFilter>): void => {
    more.value = { ...more.value, ...others };
    app.replaceRoute({
      ...route,
      ...(act !== undefined && { act }),
      ...(actor !== undefined && { actor }),
      ...(collection !== undefined && { query: collection }),
    });
  };
  return (
    <div class="audit">
      <LogChecks app={app} registry={route.registry} />
      <AuditFilters filter={{ ...filter, to: more.value.to }} detail={detail} onChange={change} />
      <AuditList audit={audit} detail={detail} listKey={key} />
    </div>
  );
}

/** The one of two ISO times that ends first; `""` is no end. */
function earlier(a: string, b: string): string {
  if (a === "" || b === "") return a + b;
  return a < b ? a : b;
}
