// How to use this version from code, by its own name or as a registry has it: whole snippets, ready to copy.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { showHidden } from "../../../core/errors.ts";
import { formatPlace } from "../../../core/registry/names.ts";
import { formatVersion } from "../../../core/version.ts";
import type { VersionDetail } from "../../../protocol/browse-api.ts";
import { CopyButton } from "../../parts/copy-button.tsx";
import type { AppState } from "../../state/app-state.ts";
import { provisionalIn } from "../../state/synced-state.ts";
import { CopiesSection } from "./copies-section.tsx";
import { registrySnippetsFor, snippetsFor, type Snippet } from "./snippets.ts";
import "../../parts/choices.css";
import "./usage-panel.css";

/** A name the version is used by: its own, or that of a collection which links it. */
interface Source {
  readonly text: string;
  /** The number there, then the aliases. */
  readonly selectors: readonly [string, ...string[]];
  readonly snippets: (selector: string) => readonly Snippet[];
  /** Its number may still change [S3]. */
  readonly isProvisional: boolean;
}

interface UsagePanelProps {
  readonly app: AppState;
  readonly detail: VersionDetail;
}

export function UsagePanel({ app, detail }: UsagePanelProps): JSX.Element {
  const isProvisional = provisionalIn(app.sync.remotes.value, detail.artifact)(detail.version);
  const sources = sourcesOf(detail, isProvisional);
  const chosenSource = useSignal(sources[0].text);
  const chosen = useSignal("");
  // A link may go, and an alias move away, while it is shown.
  const source = sources.find(({ text }) => text === chosenSource.value) ?? sources[0];
  const [pinned] = source.selectors;
  const selector = source.selectors.find((known) => known === chosen.value) ?? pinned;
  return (
    <div class="usage">
      {sources.length > 1 && (
        <Choices
          label="Used from"
          texts={sources.map(({ text }) => text)}
          value={source.text}
          onChoose={(text) => (chosenSource.value = text)}
        />
      )}
      <div class="usage-choice">
        <Choices
          label="Named by"
          texts={source.selectors}
          value={selector}
          onChoose={(text) => (chosen.value = text)}
        />
        <p class="muted">
          {selector !== pinned
            ? "Whichever version holds the alias at that moment."
            : source.isProvisional
              ? "Not synced yet: the next sync may give this version another number."
              : "Always exactly this version."}
        </p>
      </div>
      {source.snippets(selector).map(({ id, title, code }) => (
        <section key={id} class="card snippet" aria-label={title}>
          <header>
            <h2>{title}</h2>
            <CopyButton text={code}>
              Copy<span class="visually-hidden"> {title}</span>
            </CopyButton>
          </header>
          <pre tabIndex={0}>{code}</pre>
        </section>
      ))}
      {app.sync.remotes.value.length > 0 && <CopiesSection app={app} detail={detail} />}
    </div>
  );
}

interface ChoicesProps {
  readonly label: string;
  readonly texts: readonly string[];
  readonly value: string;
  readonly onChoose: (text: string) => void;
}

function Choices({ label, texts, value, onChoose }: ChoicesProps): JSX.Element {
  return (
    <div class="choices" role="group" aria-label={label}>
      {texts.map((text) => (
        <button
          key={text}
          type="button"
          aria-pressed={text === value}
          onClick={() => onChoose(text)}
        >
          {showHidden(text)}
        </button>
      ))}
    </div>
  );
}

function sourcesOf(detail: VersionDetail, isProvisional: boolean): readonly [Source, ...Source[]] {
  const { artifact, version, aliases, links } = detail;
  const { project, name } = artifact;
  return [
    {
      text: `${project}/${name}`,
      selectors: [formatVersion(version.number), ...aliases],
      snippets: (selector) => snippetsFor({ project, name, selector }),
      isProvisional,
    },
    ...links.map(({ registry, collection, number, aliases: held }): Source => ({
      text: formatPlace(registry, collection),
      selectors: [formatVersion(number), ...held.map(({ alias }) => alias)],
      snippets: (selector) => registrySnippetsFor({ project, registry, collection, selector }),
      isProvisional: false,
    })),
  ];
}
