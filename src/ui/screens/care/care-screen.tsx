// Storage and safety: how much is kept, whether it is still right, and the log of what was done.
import type { JSX } from "preact";
import { ShieldCheck, Trash2 } from "lucide";
import { Button } from "../../parts/button.tsx";
import { formatAgo, formatCount, formatTime } from "../../parts/format.ts";
import { Icon } from "../../parts/icon.tsx";
import { LoadFailure } from "../../parts/load-failure.tsx";
import { Loading } from "../../parts/loading.tsx";
import { formatRoute, type Route } from "../../router.ts";
import type { AppState } from "../../state/app-state.ts";
import { isReadOnly } from "../../state/read-only.ts";
import { useResource } from "../../state/use-resource.ts";
import { StorageMeter } from "../storage-meter.tsx";
import { DamageList } from "./damage-list.tsx";
import { EventLog } from "./event-log.tsx";
import "../../parts/panel.css";
import "./care-screen.css";

interface CareScreenProps {
  readonly app: AppState;
  readonly route: Extract<Route, { kind: "care" }>;
}

export function CareScreen({ app, route }: CareScreenProps): JSX.Element {
  const { store } = app.cairn;
  // A check that ended may have found something.
  const checked = app.verify.ended.value?.report.checkedAt ?? "";
  const loaded = useResource(app, `care ${checked}`, () =>
    Promise.all([store.getStorage(), store.lastScrub(), store.listDamage()]),
  );
  if (loaded.phase === "loading") return <Loading what="the state of the store" />;
  if (loaded.phase === "failed") return <LoadFailure problem={loaded.problem} />;
  const [report, scrub, damage] = loaded.value;
  // The report of a check stands above and says the same.
  const isReported = (app.verify.ended.value?.report.damage.length ?? 0) > 0;
  return (
    <div class="care">
      <header class="page-header">
        <h1>Storage &amp; safety</h1>
        {!isReadOnly() && (
          <a class="button is-plain care-trash" href={formatRoute({ kind: "trash" })}>
            <Icon icon={Trash2} /> Trash
          </a>
        )}
      </header>
      <div class="care-top">
        <StorageMeter app={app} report={report} />
        <section class="card detail care-check" aria-labelledby="check-title">
          <h2 id="check-title">Are the files still right?</h2>
          <p>
            Cairn can read back every byte it keeps and compare it with its digest. It also does so
            by itself, little by little, while nothing else goes on.
          </p>
          <p>
            {scrub.verifiedAt === null ? (
              <span class="muted">Not everything was checked yet.</span>
            ) : (
              <>
                Everything was last checked{" "}
                <time dateTime={scrub.verifiedAt} title={formatTime(scrub.verifiedAt)}>
                  {formatAgo(scrub.verifiedAt)}
                </time>
                {damage.length === 0 && ", and all was right"}.
              </>
            )}
          </p>
          <Button
            variant="primary"
            icon={ShieldCheck}
            disabled={app.verify.running.value !== null}
            onClick={() => void app.verify.start({ kind: "all" })}
          >
            Verify everything
          </Button>
        </section>
      </div>
      {damage.length > 0 && !isReported && (
        <section class="card detail" aria-labelledby="damage-title">
          <h2 id="damage-title">
            {formatCount(damage.length, "damaged file is", "damaged files are")} known
          </h2>
          <DamageList damage={damage} />
        </section>
      )}
      <EventLog app={app} route={route} />
    </div>
  );
}
