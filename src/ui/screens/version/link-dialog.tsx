// Links a version to a collection of a registry; what comes of it is said before [G1 G3 G5]. The keyboard's twin of the shelf.
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Library } from "lucide";
import { describeError, showHidden } from "../../../core/errors.ts";
import type { VersionRef } from "../../../core/records.ts";
import { formatVersion } from "../../../core/version.ts";
import type { LinkPlace } from "../../../protocol/registry-link-api.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { ErrorNote } from "../../parts/error-note.tsx";
import { Loading } from "../../parts/loading.tsx";
import { RegistryProblem } from "../../parts/registry-problem.tsx";
import type { AppState } from "../../state/app-state.ts";
import { LinkDraft, type LinkGround } from "../../state/link-draft.ts";
import { describeOutcome } from "../../state/link-plan.ts";
import { useResource } from "../../state/use-resource.ts";
import { LinkAliasField } from "./link-alias-field.tsx";
import { LinkCollectionField } from "./link-collection-field.tsx";
import { LinkRegistryField } from "./link-registry-field.tsx";
import "./link-dialog.css";

interface LinkDialogProps {
  readonly app: AppState;
  readonly version: VersionRef;
  /** The artifact's type. */
  readonly type: string;
  readonly onClose: () => void;
}

export function LinkDialog({ app, version, type, onClose }: LinkDialogProps): JSX.Element {
  const { store } = app.cairn;
  const spec = `${version.name}:${formatVersion(version.number)}`;
  const loaded = useResource(app, spec, () =>
    Promise.all([store.listRegistries(), store.getProfile(), store.linksOf(version)]),
  );
  const title = `Link ${showHidden(spec)} to a registry`;
  if (loaded.phase === "ready") {
    const [registries, profile, links] = loaded.value;
    const ground = { version, type, registries, asksPerson: profile === null };
    return <LinkForm app={app} ground={ground} links={links} title={title} onClose={onClose} />;
  }
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={onClose}
      buttons={<Button onClick={onClose}>Close</Button>}
    >
      {loaded.phase === "failed" ? (
        <ErrorNote problem={loaded.problem} />
      ) : (
        <Loading what="registries" />
      )}
    </Dialog>
  );
}

interface LinkFormProps {
  readonly app: AppState;
  readonly ground: LinkGround;
  /** Where the version is linked already. */
  readonly links: readonly LinkPlace[];
  readonly title: string;
  readonly onClose: () => void;
}

function LinkForm({ app, ground, links, title, onClose }: LinkFormProps): JSX.Element {
  const [draft] = useState(() => new LinkDraft(ground));
  const { type, registries } = ground;
  const [registry, isNewRegistry] = [draft.registry.value, draft.isNewRegistry.value];
  const found = useResource(app, isNewRegistry ? "" : registry, () =>
    isNewRegistry || registry === ""
      ? Promise.resolve(null)
      : app.cairn.store.getRegistry(registry, null),
  );
  // The one chosen before may still be shown.
  const detail =
    found.phase === "ready" && found.value?.name === registry && !isNewRegistry
      ? found.value
      : null;
  const isReady = draft.isReady(detail);
  const wish = {
    registry,
    isNewRegistry,
    collection: draft.collection.value.trim(),
    aliases: draft.given.value,
    type,
  };
  const outcome = isReady ? describeOutcome(wish, detail, links) : "";
  const problem = draft.task.problem.value;
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={() => void draft.link(app, detail, onClose)}
      buttons={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            type="submit"
            icon={Library}
            busy={draft.task.isBusy.value}
            disabled={!isReady}
          >
            {isNewRegistry ? "Create registry and link" : "Link"}
          </Button>
        </>
      }
    >
      <p class="muted">A link points to this version. Nothing is copied.</p>
      {problem?.code === "no_registry" ? (
        <ErrorNote problem={problem}>
          <Button small onClick={() => draft.startRegistry(problem.data.registry)}>
            Create {showHidden(problem.data.registry)}
          </Button>
        </ErrorNote>
      ) : (
        problem !== null && <RegistryProblem problem={problem} />
      )}
      <LinkRegistryField
        draft={draft}
        registries={registries}
        failure={found.phase === "failed" ? describeError(found.problem) : ""}
      />
      <LinkCollectionField draft={draft} detail={detail} />
      <LinkAliasField draft={draft} detail={detail} />
      {/* Always there, so that what comes into it is read aloud. */}
      <p class="linking-outcome" role="status">
        {outcome}
      </p>
    </Dialog>
  );
}
