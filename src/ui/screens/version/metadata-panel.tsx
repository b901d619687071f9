// What is said about a version: description, metadata, tags, pinned; all can be edited, nothing of it is identity [V3].
import { h, type ComponentChildren, type ComponentType, type JSX } from "preact";
import { useState } from "preact/hooks";
import { Library, Pencil } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import type { VersionDetails } from "../../../core/records.ts";
import { formatVersion } from "../../../core/version.ts";
import type { VersionDetail } from "../../../protocol/browse-api.ts";
import type { VersionEdit } from "../../../protocol/edit-api.ts";
import { Button } from "../../parts/button.tsx";
import { Chip } from "../../parts/chip.tsx";
import { CopyButton } from "../../parts/copy-button.tsx";
import { Digest } from "../../parts/digest.tsx";
import { formatBytes, formatCount, formatTime } from "../../parts/format.ts";
import { Icon } from "../../parts/icon.tsx";
import { showHiddenInText } from "../../parts/text.ts";
import { attempt } from "../../state/actions.ts";
import type { AppState } from "../../state/app-state.ts";
import { editField } from "../../state/edit-actions.ts";
import { isReadOnly } from "../../state/read-only.ts";
import { DescriptionForm, MetadataForm, TagsForm, type FormProps } from "./details-forms.tsx";
import { describeRule } from "./keep-text.ts";
import { reachOfEdit } from "./place-of.ts";
import "../../parts/panel.css";
import "./metadata-panel.css";

interface MetadataPanelProps {
  readonly app: AppState;
  readonly detail: VersionDetail;
}

export function MetadataPanel({ app, detail }: MetadataPanelProps): JSX.Element {
  const { version } = detail;
  const { description, metadata, tags } = version;
  const save = saverOf(app, detail);
  const reach = reachOfEdit(detail.links);
  const json = JSON.stringify(metadata, null, 2);
  return (
    <div class="details">
      <Detail
        title="Description"
        value={description}
        reach={reach}
        form={DescriptionForm}
        onSave={save("description")}
      >
        {description === "" ? (
          <p class="muted">
            None.{!isReadOnly() && " Say what this version is for, or what changed."}
          </p>
        ) : (
          <p class="details-text">{showHiddenInText(description)}</p>
        )}
      </Detail>
      <Detail
        title="Metadata"
        value={metadata}
        reach={reach}
        form={MetadataForm}
        onSave={save("metadata")}
        action={
          Object.keys(metadata).length > 0 && <CopyButton text={json} label="Copy metadata" />
        }
      >
        {Object.keys(metadata).length === 0 ? (
          <p class="muted">
            None.{!isReadOnly() && ' A JSON object such as {"accuracy": 0.93} fits here.'}
          </p>
        ) : (
          <pre class="details-json" tabIndex={0} aria-label="Metadata as JSON">
            {showHiddenInText(json)}
          </pre>
        )}
      </Detail>
      <Detail<readonly string[]>
        title="Tags"
        value={tags}
        reach={reach}
        form={TagsForm}
        onSave={save("tags")}
      >
        {tags.length === 0 ? (
          <p class="muted">
            None.{!isReadOnly() && " A tagged version is kept whatever the keep rule says."}
          </p>
        ) : (
          <span class="chips">
            {tags.map((tag) => (
              <Chip key={tag}>{showHidden(tag)}</Chip>
            ))}
          </span>
        )}
      </Detail>
      <section class="card detail">
        <label class="details-switch">
          <input
            type="checkbox"
            checked={version.pinned}
            disabled={isReadOnly()}
            onChange={({ currentTarget }) =>
              void save("pinned")(currentTarget.checked, version.pinned)
            }
          />
          <span>
            <strong>Pinned</strong>
            <span class="muted">Kept whatever the artifact's keep rule says.</span>
          </span>
        </label>
      </section>
      <FactList detail={detail} />
    </div>
  );
}

/** A way to save one field, with a message that can put the former value back. */
function saverOf(
  app: AppState,
  { artifact, version }: VersionDetail,
): <Field extends keyof VersionDetails>(
  field: Field,
) => (
  value: NonNullable<VersionEdit[Field]>,
  former: NonNullable<VersionEdit[Field]>,
) => Promise<boolean> {
  const ref = { project: artifact.project, name: artifact.name, number: version.number };
  return (field) => (value, former) =>
    attempt(app.toasts, async () => {
      await editField(app, ref, { [field]: value }, { [field]: former }, `Saved. ${SAVED[field]}`);
    });
}

const SAVED: Readonly<Record<keyof VersionDetails, string>> = {
  description: "The former description is in the log.",
  metadata: "The former metadata is in the log.",
  tags: "The former tags are in the log.",
  pinned: "Keep rules go by it from now on.",
};

interface DetailProps<T> {
  readonly title: string;
  readonly value: T;
  /** Where else an edit shows, in a sentence, or `""` [G9]. */
  readonly reach: string;
  /** Saves in place of what the person saw. Answers whether it was saved. */
  readonly onSave: (value: T, former: T) => Promise<boolean>;
  /** Stands in place of the content while it is edited. */
  readonly form: ComponentType<FormProps<T>>;
  readonly action?: ComponentChildren;
  readonly children: ComponentChildren;
}

function Detail<T>(props: DetailProps<T>): JSX.Element {
  const { title, value, reach, form, onSave, action, children } = props;
  /** What the editing began with: others may change it meanwhile. */
  const [edited, setEdited] = useState<{ readonly former: T } | null>(null);
  return (
    <section class="card detail" aria-label={title}>
      {edited !== null ? (
        <>
          {reach !== "" && (
            <p class="details-reach">
              <Icon icon={Library} size={14} /> <span>{reach}</span>
            </p>
          )}
          {h(form, {
            value: edited.former,
            onSave: (next: T) => onSave(next, edited.former),
            onClose: () => setEdited(null),
          })}
        </>
      ) : (
        <>
          <header>
            <h2>{title}</h2>
            {action}
            {!isReadOnly() && (
              <Button
                small
                variant="ghost"
                icon={Pencil}
                onClick={() => setEdited({ former: value })}
              >
                Edit<span class="visually-hidden"> {title.toLowerCase()}</span>
              </Button>
            )}
          </header>
          {children}
        </>
      )}
    </section>
  );
}

function FactList({ detail }: { readonly detail: VersionDetail }): JSX.Element {
  const { artifact, version, verifiedAt } = detail;
  return (
    <section class="card detail" aria-label="Facts">
      <header>
        <h2>Facts</h2>
      </header>
      <dl class="fact-list">
        <dt>Artifact</dt>
        <dd>
          {showHidden(artifact.project)}/{showHidden(artifact.name)}, {showHidden(artifact.type)}
        </dd>
        <dt>Version</dt>
        <dd>
          {formatVersion(version.number)}, logged {formatTime(version.createdAt)}
        </dd>
        <dt>Size</dt>
        <dd>
          {formatBytes(version.sizeBytes)} in {formatCount(version.fileCount, "file")};{" "}
          {formatBytes(version.newBytes)} were new to the store
        </dd>
        <dt>Last verified</dt>
        <dd>{verifiedAt === null ? "not yet" : formatTime(verifiedAt)}</dd>
        <dt>Keep rule</dt>
        <dd>
          {artifact.keep === null ? "none: every version is kept" : describeRule(artifact.keep)}
        </dd>
        <dt>Manifest digest</dt>
        <dd>
          <Digest digest={version.digest} />
        </dd>
      </dl>
    </section>
  );
}
