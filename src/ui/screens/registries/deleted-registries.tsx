// Registries that were deleted: their logs are still here, so they can come back [G7].
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { RotateCcw } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import type { RegistrySummary } from "../../../protocol/registry-link-api.ts";
import { Button } from "../../parts/button.tsx";
import { formatAgo, formatTime } from "../../parts/format.ts";
import { registryHash } from "../../router.ts";
import { attempt } from "../../state/actions.ts";
import type { AppState } from "../../state/app-state.ts";
import { mayDo } from "../../../core/registry/roles.ts";
import { isReadOnly } from "../../state/read-only.ts";
import { describeCounts } from "../../state/registry-state.ts";
import { ForgetDialog } from "../registry/forget-dialog.tsx";

interface DeletedRegistriesProps {
  readonly app: AppState;
  readonly registries: readonly RegistrySummary[];
}

export function DeletedRegistries({ app, registries }: DeletedRegistriesProps): JSX.Element {
  const forgotten = useSignal<string | null>(null);
  return (
    <section class="registries-deleted" aria-labelledby="deleted-title">
      <h2 id="deleted-title">Deleted</h2>
      <ul class="card">
        {registries.map((registry) => (
          <li key={registry.uid}>
            <span>
              <a href={registryHash(registry.name)}>
                <strong>{showHidden(registry.name)}</strong>
              </a>
              <span class="muted">
                {describeCounts(registry)} ·{" "}
                <time dateTime={registry.updatedAt} title={formatTime(registry.updatedAt)}>
                  {formatAgo(registry.updatedAt)}
                </time>
              </span>
            </span>
            {!isReadOnly() && (
              <span class="registries-ways">
                {mayDo(registry.role, "delete_registry") ? (
                  <Button small icon={RotateCcw} onClick={() => void restore(app, registry.name)}>
                    Restore<span class="visually-hidden"> {showHidden(registry.name)}</span>
                  </Button>
                ) : (
                  <span class="muted">Only an Admin can restore it.</span>
                )}
                <Button small variant="ghost" onClick={() => (forgotten.value = registry.name)}>
                  Forget here…<span class="visually-hidden"> {showHidden(registry.name)}</span>
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {forgotten.value !== null && (
        <ForgetDialog
          app={app}
          registry={forgotten.value}
          onClose={() => (forgotten.value = null)}
        />
      )}
    </section>
  );
}

function restore(app: AppState, registry: string): Promise<boolean> {
  return attempt(app.toasts, async () => {
    await app.cairn.store.restoreRegistry(registry);
    app.toasts.show({ kind: "success", text: `“${showHidden(registry)}” is back.` });
    // The button is gone with its row.
    document.getElementById("main")?.focus({ preventScroll: true });
  });
}
