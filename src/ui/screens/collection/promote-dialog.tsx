// Putting an alias on a version, seen before it is done: what changes against the holder, whether it may be [P2 P6].
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ArrowRight } from "lucide";
import { saveBlob } from "../../../client/save-stream.ts";
import { describeError, showHidden } from "../../../core/errors.ts";
import type { RequestUid } from "../../../core/registry/records.ts";
import { mayDo } from "../../../core/registry/roles.ts";
import { formatVersion, type VersionNumber } from "../../../core/version.ts";
import type { PromotionPlan } from "../../../protocol/registry-link-api.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorNote } from "../../parts/error-note.tsx";
import { Icon } from "../../parts/icon.tsx";
import { LinkAliasChip } from "../../parts/link-alias-chip.tsx";
import { Loading } from "../../parts/loading.tsx";
import { Task } from "../../state/actions.ts";
import type { AppState } from "../../state/app-state.ts";
import { ask, promote, type CollectionPlace } from "../../state/collection-state.ts";
import { useResource } from "../../state/use-resource.ts";
import { AskNote } from "./ask-note.tsx";
import { ConditionNote } from "./condition-note.tsx";
import { PromotionDiff } from "./promotion-diff.tsx";
import { refusalOf, requestFileName } from "./promotion-text.ts";
import "./promote-dialog.css";

interface PromoteDialogProps {
  readonly app: AppState;
  readonly place: CollectionPlace;
  readonly number: VersionNumber;
  readonly alias: string;
  readonly onClose: () => void;
  /** The request that is approved by it. */
  readonly request?: RequestUid | { readonly file: string };
}

export function PromoteDialog(props: PromoteDialogProps): JSX.Element {
  const { app, place, number, alias, onClose, request } = props;
  const { store } = app.cairn;
  const { registry, collection } = place;
  const loaded = useResource(app, `${registry}/${collection}:${number} ${alias}`, () =>
    store.planPromotion(registry, collection, number, alias),
  );
  const note = useSignal("");
  const [task] = useState(() => new Task());
  const plan = loaded.phase === "ready" ? loaded.value : null;
  const mayAsk = plan !== null && mayDo(plan.role, "ask_promotion");
  const run = (action: (plan: PromotionPlan) => Promise<void>): void =>
    void task.run(async () => {
      if (plan === null) return;
      await action(plan);
      onClose();
    });
  const submit = (): void =>
    run(async (known) => {
      if (known.isAllowed) {
        if (known.unmet.length > 0) return;
        await promote(app, place, known, request ?? known.request);
      } else if (mayAsk && known.request === null) await ask(app, place, number, alias, note.value);
    });
  const saveFile = (): void =>
    run(async () => {
      const text = await store.writeRequestFile(registry, collection, number, alias, note.value);
      saveBlob(new Blob([text]), requestFileName(place, number, alias));
    });
  const problem = task.problem.value;
  return (
    <Dialog
      title={`Promote ${formatVersion(number)} to ${showHidden(alias)}`}
      onClose={onClose}
      onSubmit={submit}
      buttons={
        <>
          {plan !== null && !plan.isAllowed && mayAsk && (
            <span class="is-aside">
              <Button busy={task.isBusy.value} onClick={saveFile}>
                Save request as a file
              </Button>
            </span>
          )}
          <Button onClick={onClose}>Cancel</Button>
          {plan !== null && (plan.isAllowed || mayAsk) && (
            <Button
              variant="primary"
              type="submit"
              busy={task.isBusy.value}
              disabled={plan.isAllowed ? plan.unmet.length > 0 : plan.request !== null}
            >
              {plan.isAllowed ? (request === undefined ? "Promote" : "Approve") : "Ask for it"}
            </Button>
          )}
        </>
      }
    >
      {problem !== null && <ErrorNote problem={problem} />}
      {loaded.phase === "failed" && <ErrorNote problem={loaded.problem} />}
      {loaded.phase === "loading" && <Loading what="what would change" />}
      {plan !== null && (
        <>
          <Way plan={plan} />
          <ConditionNote plan={plan} />
          {!plan.isAllowed && (
            <>
              <p class="promote-refusal">{describeError(refusalOf(registry, plan))}</p>
              <AskNote
                note={note.value}
                onNote={(text) => (note.value = text)}
                isAsked={plan.request !== null}
                mayAsk={mayAsk}
              />
            </>
          )}
          <PromotionDiff app={app} from={plan.from} to={plan.to} />
        </>
      )}
    </Dialog>
  );
}

/** `production: v1 → v2`. */
function Way({
  plan: { alias, from, to, pattern },
}: {
  readonly plan: PromotionPlan;
}): JSX.Element {
  return (
    <p class="promote-way">
      <LinkAliasChip alias={{ alias, isProtected: pattern !== null }} />
      {from === null ? "is on no version" : `is on ${formatVersion(from.number)}`}
      <Icon icon={ArrowRight} label="and would go to" />
      <strong>{formatVersion(to.number)}</strong>
      {pattern !== null && (pattern as string) !== (alias as string) && (
        <span class="muted">
          protected by <code>{pattern}</code>
        </span>
      )}
    </p>
  );
}
