// What a version changes against the one that holds the alias: files, bytes, metadata; in short.
import type { JSX } from "preact";
import {
  compareManifests,
  FILE_MARKS,
  pathOf,
  type Comparison,
} from "../../../core/compare-manifests.ts";
import { showHidden } from "../../../core/errors.ts";
import { formatVersion } from "../../../core/version.ts";
import type { VersionDetail } from "../../../protocol/browse-api.ts";
import type { LinkView } from "../../../protocol/registry-link-api.ts";
import { ErrorNote } from "../../parts/error-note.tsx";
import { Loading } from "../../parts/loading.tsx";
import { compareHash } from "../../router.ts";
import type { AppState } from "../../state/app-state.ts";
import { useResource } from "../../state/use-resource.ts";
import { ByteChange } from "../compare/byte-change.tsx";
import { describeNumbers, detailChanges, textOfValue } from "../compare/detail-changes.ts";
import { MarkIcon, wordOf } from "../compare/mark.tsx";
import { sourceSpec } from "./place-text.ts";

interface PromotionDiffProps {
  readonly app: AppState;
  readonly from: LinkView | null;
  readonly to: LinkView;
}

/** The whole of it is on its own page. */
const FILES = 6;
const VALUES = 8;

export function PromotionDiff({ app, from, to }: PromotionDiffProps): JSX.Element {
  if (from === null)
    return <p class="muted">Nobody holds it, so there is nothing to compare with.</p>;
  if (from.number === to.number) return <p class="muted">It is there already.</p>;
  const away = [from, to].filter(({ here }) => here?.state !== "live");
  if (away.length > 0)
    return (
      <p class="muted">
        The files of {away.map(({ number }) => formatVersion(number)).join(" and ")} aren't in this
        browser, so they can't be compared here.{" "}
        {from.source.digest === to.source.digest
          ? "Their digests say that both hold the same."
          : "Their digests say that they differ."}
      </p>
    );
  return <Diff app={app} from={from} to={to} />;
}

function Diff({ app, from, to }: PromotionDiffProps & { readonly from: LinkView }): JSX.Element {
  const { store } = app.cairn;
  const load = async ({ source }: LinkView): Promise<VersionDetail> =>
    store.getVersion(source.project, source.name, formatVersion(source.number));
  const loaded = useResource(app, `${from.source.version} ${to.source.version}`, async () => {
    const [before, after, ...manifests] = await Promise.all([
      load(from),
      load(to),
      store.getManifest(from.source.digest),
      store.getManifest(to.source.digest),
    ]);
    return { before, after, comparison: compareManifests(...manifests) };
  });
  if (loaded.phase === "loading") return <Loading what="the difference" />;
  if (loaded.phase === "failed") return <ErrorNote problem={loaded.problem} />;
  const { before, after, comparison } = loaded.value;
  return (
    <section class="promote-diff" aria-label={`Against ${formatVersion(from.number)}`}>
      <Files comparison={comparison} />
      <Values before={before} after={after} />
      <a href={compareHash(sourceSpec(from.source), sourceSpec(to.source))}>
        Compare {formatVersion(from.number)} with {formatVersion(to.number)} in full
      </a>
    </section>
  );
}

function Files({ comparison }: { readonly comparison: Comparison }): JSX.Element {
  const differing = comparison.files.filter(({ mark }) => mark !== "same");
  if (differing.length === 0) return <p>Both hold the same files.</p>;
  const { added, removed } = comparison.bytes;
  return (
    <>
      <p class="promote-counts">
        {FILE_MARKS.filter((mark) => mark !== "same").map((mark) => {
          const count = differing.filter((file) => file.mark === mark).length;
          return (
            count > 0 && (
              <span key={mark}>
                <MarkIcon mark={mark} /> {wordOf(mark)} {count.toLocaleString("en")}
              </span>
            )
          );
        })}
        <ByteChange up={added} down={removed} />
      </p>
      <ul class="promote-files">
        {differing.slice(0, FILES).map((file) => {
          const path = pathOf(comparison, file);
          return (
            <li key={path}>
              <MarkIcon mark={file.mark} isAlone /> {showHidden(path)}
            </li>
          );
        })}
        {differing.length > FILES && (
          <li class="muted">and {(differing.length - FILES).toLocaleString("en")} more</li>
        )}
      </ul>
    </>
  );
}

function Values({
  before,
  after,
}: {
  readonly before: VersionDetail;
  readonly after: VersionDetail;
}): JSX.Element | null {
  const changes = detailChanges(before, after).filter(({ mark }) => mark !== "same");
  if (changes.length === 0) return <p class="muted">Metadata and tags are the same.</p>;
  return (
    <dl class="promote-values">
      {changes.slice(0, VALUES).map((change) => (
        <div key={change.path}>
          <dt>{showHidden(change.path)}</dt>
          <dd>
            {change.before === undefined
              ? "none"
              : showHidden(textOfValue(change.before, change.after))}{" "}
            →{" "}
            <strong>
              {change.after === undefined
                ? "none"
                : showHidden(textOfValue(change.after, change.before))}
            </strong>{" "}
            <span class="muted">{describeNumbers(change)}</span>
          </dd>
        </div>
      ))}
      {changes.length > VALUES && (
        <div>
          <dt class="muted">and {changes.length - VALUES} more</dt>
          <dd />
        </div>
      )}
    </dl>
  );
}
