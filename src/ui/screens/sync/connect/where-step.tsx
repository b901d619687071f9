// Which repository: at which hub, of which kind, new or there already.
import type { JSX } from "preact";
import { Button } from "../../../parts/button.tsx";
import { ChoiceList } from "../../../parts/choice-list.tsx";
import { describeError, showHidden } from "../../../../core/errors.ts";
import { Field } from "../../../parts/field.tsx";
import { Loading } from "../../../parts/loading.tsx";
import { TextInput } from "../../../parts/text-input.tsx";
import type { AppState } from "../../../state/app-state.ts";
import type { ConnectDraft } from "../../../state/sync-connect.ts";
import { hubName } from "../../../state/sync-target.ts";
import { Account } from "./account.tsx";
import { ReportList } from "./report-list.tsx";
import { KindHint, KINDS, MODES, SIGHTS } from "./kinds.tsx";
import { RepoFields } from "./repo-fields.tsx";

interface WhereStepProps {
  readonly app: AppState;
  readonly draft: ConnectDraft;
}

export function WhereStep({ app, draft }: WhereStepProps): JSX.Element {
  const isNew = draft.mode.value === "new";
  const report = draft.report.value;
  const problem = draft.targetProblem.value;
  // What came later would push away what somebody is about to press.
  if (draft.identity.value === undefined) return <Loading what="who is signed in" />;
  return (
    <>
      <HubField draft={draft} />
      <Account app={app} draft={draft} />
      <ChoiceList
        label="Repository"
        options={MODES}
        value={draft.mode.value}
        onChange={(mode) => (draft.mode.value = mode)}
      />
      <ChoiceList
        label="Kind"
        options={KINDS}
        value={draft.type.value}
        onChange={(type) => (draft.type.value = type)}
      />
      {isNew ? (
        <>
          <KindHint type={draft.type.value} />
          <RepoFields draft={draft} />
          <ChoiceList
            label="Who sees it"
            options={SIGHTS}
            value={draft.isPrivate.value ? "private" : "public"}
            onChange={(sight) => (draft.isPrivate.value = sight === "private")}
          />
        </>
      ) : (
        <Field
          label="Repository"
          hint="Its name or its address, such as datasets/ada/models."
          problem={problem === null ? undefined : describeError(problem)}
        >
          {(control) => (
            <TextInput
              control={control}
              isExact
              placeholder="owner/name"
              value={draft.pasted.value}
              onInput={(text) => (draft.pasted.value = text)}
            />
          )}
        </Field>
      )}
      <div class="connect-test">
        <Button
          small
          busy={draft.testing.isBusy.value}
          disabled={draft.target.value === null}
          onClick={() => void draft.test()}
        >
          Test connection
        </Button>
        <span class="muted">Looks, and changes nothing.</span>
      </div>
      <div role="status">{report !== null && <ReportList draft={draft} report={report} />}</div>
    </>
  );
}

/** Stands first: who is signed in depends on it. */
function HubField({ draft }: { readonly draft: ConnectDraft }): JSX.Element {
  const hubUrl = draft.hubInUse.value;
  return (
    <details class="connect-more">
      <summary>
        {hubUrl !== null && <>At {showHidden(hubName(hubUrl))} </>}
        <span class="muted">Another hub…</span>
      </summary>
      <Field
        label="Address of the hub"
        hint="One that speaks the same language as Hugging Face."
        problem={draft.hubUrl.value === null ? "That is no address." : undefined}
      >
        {(control) => (
          <TextInput
            control={control}
            isExact
            value={draft.hubText.value}
            onInput={(text) => (draft.hubText.value = text)}
          />
        )}
      </Field>
    </details>
  );
}
