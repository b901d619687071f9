// A request: who asks what, why, against whom, and what can be done with it.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { CircleCheck, CircleSlash, Clock, Undo2, X } from "lucide";
import { showHidden } from "../../../../core/errors.ts";
import type { Outcome, RequestUid } from "../../../../core/registry/records.ts";
import { formatVersion } from "../../../../core/version.ts";
import type { RegistryDetail, RequestView } from "../../../../protocol/registry-link-api.ts";
import { Button } from "../../../parts/button.tsx";
import { formatAgo, formatTime } from "../../../parts/format.ts";
import { Icon } from "../../../parts/icon.tsx";
import { lazy } from "../../../parts/lazy.tsx";
import { LinkAliasChip } from "../../../parts/link-alias-chip.tsx";
import { showHiddenInText } from "../../../parts/text.ts";
import { collectionHash } from "../../../router.ts";
import type { AppState } from "../../../state/app-state.ts";
import { isProtected } from "../../collection/alias-offers.ts";
import { nameIn } from "./names.ts";
import { SettleDialog } from "./settle-dialog.tsx";

const PromoteDialog = lazy(() =>
  import("../../collection/promote-dialog.tsx").then((module) => module.PromoteDialog),
);

interface RequestCardProps {
  readonly app: AppState;
  readonly registry: string;
  readonly detail: Pick<RegistryDetail, "memberList" | "protectionList">;
  readonly view: RequestView;
  /** It came as a file and isn't in the log. */
  readonly file?: string;
  /** Shown as it was: nothing can be done. */
  readonly isPast: boolean;
  /** It was settled from here. */
  readonly onDone?: () => void;
}

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  approved: "Approved",
  declined: "Declined",
  withdrawn: "Withdrawn",
};

export function RequestCard(props: RequestCardProps): JSX.Element {
  const { registry, detail, view } = props;
  const { alias, collection, number, holder, note, askedAt, askedByName, settled } = view;
  return (
    <li class={`request${settled === null ? "" : " is-settled"}`}>
      <p class="request-what">
        <strong>{showHidden(askedByName)}</strong> asks for
        <LinkAliasChip alias={{ alias, isProtected: isProtected(detail.protectionList, alias) }} />
        on
        <a href={collectionHash(registry, collection, formatVersion(number))}>
          {showHidden(collection)}:{formatVersion(number)}
        </a>
        {settled === null && (
          <span class="muted">
            {holder === null ? "nobody holds it now" : `now on ${formatVersion(holder)}`}
          </span>
        )}
        <time class="muted" dateTime={askedAt} title={formatTime(askedAt)}>
          {formatAgo(askedAt)}
        </time>
      </p>
      {note !== "" && <blockquote class="request-note">{showHiddenInText(note)}</blockquote>}
      {settled === null ? (
        <Ways {...props} />
      ) : (
        <p class={`request-outcome is-${settled.outcome}`}>
          <Icon icon={iconOf(settled.outcome)} /> {OUTCOMES[settled.outcome]} by{" "}
          {showHidden(nameIn(detail.memberList, settled.by))} · {formatAgo(settled.at)}
          {settled.note !== "" && <span class="request-why">{showHiddenInText(settled.note)}</span>}
        </p>
      )}
    </li>
  );
}

function iconOf(outcome: Outcome): typeof CircleCheck {
  return { approved: CircleCheck, declined: CircleSlash, withdrawn: Undo2 }[outcome];
}

type Open = "approve" | "declined" | "withdrawn" | null;

function Ways(props: RequestCardProps): JSX.Element | null {
  const { app, registry, view, file, isPast, onDone } = props;
  const [open, setOpen] = useState<Open>(null);
  const request: RequestUid | { readonly file: string } =
    file === undefined ? view.request : { file };
  const close = (): void => setOpen(null);
  const done = (): void => {
    close();
    onDone?.();
  };
  if (isPast)
    return (
      <p class="request-outcome">
        <Icon icon={Clock} /> Open at that time
      </p>
    );
  if (!view.maySettle && !view.isOwn)
    return <p class="request-outcome muted">Waits for somebody who may decide.</p>;
  return (
    <div class="request-ways">
      {view.maySettle && (
        <>
          <Button small variant="primary" icon={CircleCheck} onClick={() => setOpen("approve")}>
            Look and approve…
          </Button>
          <Button small icon={X} onClick={() => setOpen("declined")}>
            Decline…
          </Button>
        </>
      )}
      {view.isOwn && file === undefined && (
        <Button small icon={Undo2} onClick={() => setOpen("withdrawn")}>
          Withdraw…
        </Button>
      )}
      {open === "approve" && (
        <PromoteDialog
          app={app}
          place={{ registry, collection: view.collection }}
          number={view.number}
          alias={view.alias}
          request={request}
          onClose={done}
        />
      )}
      {(open === "declined" || open === "withdrawn") && (
        <SettleDialog
          app={app}
          registry={registry}
          view={view}
          request={request}
          outcome={open}
          onClose={done}
        />
      )}
    </div>
  );
}
