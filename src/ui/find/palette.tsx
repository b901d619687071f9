// One search over everything, with what can be done beside what can be found.
import { useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useId, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { Search, X } from "lucide";
import type { FilesState } from "../../protocol/find-api.ts";
import type { IngestState } from "../ingest/ingest-state.ts";
import { IconButton } from "../parts/button.tsx";
import { ErrorNote } from "../parts/error-note.tsx";
import { formatCount } from "../parts/format.ts";
import { Icon } from "../parts/icon.tsx";
import { nextIndex } from "../parts/next-index.ts";
import { parseRoute } from "../parse-route.ts";
import type { Route } from "../router.ts";
import { attempt } from "../state/actions.ts";
import type { AppState } from "../state/app-state.ts";
import type { FindPurpose } from "../state/find-state.ts";
import { placeOf, recentPlaces } from "../state/recent-places.ts";
import { offeredActions } from "./actions.ts";
import { FIND_KEYS } from "./find-keys.ts";
import { optionId, PaletteList } from "./palette-list.tsx";
import { PaletteState } from "./palette-state.ts";
import { placeActions } from "./place-actions.ts";
import type { Row } from "./rows.ts";
import { sectionsOf, startSections, type Section } from "./sections.ts";
import "./palette.css";

/** Of each kind. */
const MOST_ROWS = 8;

interface PaletteProps {
  readonly app: AppState;
  readonly ingest: IngestState;
  readonly purpose: FindPurpose;
}

export function Palette({ app, ingest, purpose }: PaletteProps): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const state = usePaletteState(app, purpose);
  const [pointed, setPointed] = useState<string | null>(null);
  /** Enter was pressed before there was an answer to choose from; whether for a new tab. */
  const [hurry, setHurry] = useState<{ readonly isAside: boolean } | null>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    input.current?.focus();
    return () => element?.close();
  }, []);

  const text = state.text.value;
  const sections = useSections(app, ingest, purpose, state);
  const rows = sections.flatMap((section) => section.rows);
  const current = rows.find((row) => row.id === pointed) ?? rows[0] ?? null;
  const choose = (row: Row, isAside: boolean): void => {
    if (purpose.kind === "pick") return void pick(app, row, purpose);
    if (isAside && row.hash !== null) {
      window.open(row.hash, "_blank", "noopener");
      return;
    }
    app.find.close();
    if (row.hash !== null) location.hash = row.hash;
    row.run?.();
  };
  const isReady = text.trim() === "" || state.isAnswered || state.problem.value !== null;
  const chooseCurrent = useRef((_isAside: boolean): void => undefined);
  chooseCurrent.current = (isAside) => {
    if (current !== null) choose(current, isAside);
  };
  useLayoutEffect(() => {
    if (hurry === null || !isReady) return;
    setHurry(null);
    chooseCurrent.current(hurry.isAside);
  }, [hurry, isReady]);
  const onKeyDown = (event: KeyboardEvent): void => {
    // Enter may end a word of an input method.
    if (event.isComposing) return;
    const at = current === null ? -1 : rows.indexOf(current);
    const to = nextRow(event, at, rows.length);
    const isAside = event.ctrlKey || event.metaKey;
    if (to !== null) setPointed(rows[to]?.id ?? null);
    else if (event.key !== "Enter") return;
    // What was pointed at is chosen, whatever the answer may still bring.
    else if (current !== null && current.id === pointed) choose(current, isAside);
    else setHurry({ isAside });
    event.preventDefault();
  };
  const label = purpose.kind === "pick" ? purpose.title : "Search";
  return (
    <dialog
      ref={dialog}
      class="palette"
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        app.find.close();
      }}
      onMouseDown={(event) => {
        // The frame covers the dialog, so only its backdrop is the dialog itself.
        if (event.target === event.currentTarget) app.find.close();
      }}
    >
      <div class="palette-frame">
        <div class="palette-head">
          <Icon icon={Search} size={18} />
          <input
            ref={input}
            class="palette-input"
            type="text"
            role="combobox"
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            enterkeyhint="go"
            aria-label={label}
            aria-expanded={rows.length > 0}
            aria-controls={id}
            aria-autocomplete="list"
            {...(current !== null && { "aria-activedescendant": optionId(id, current) })}
            placeholder={
              purpose.kind === "pick"
                ? `${purpose.title} Try name:v3`
                : "Name, path, digest or action"
            }
            value={text}
            onInput={({ currentTarget }) => {
              setPointed(null);
              setHurry(null);
              state.type(currentTarget.value);
            }}
            onKeyDown={onKeyDown}
          />
          <IconButton icon={X} label="Close (Esc)" onClick={() => app.find.close()} />
        </div>
        {state.problem.value !== null && <ErrorNote problem={state.problem.value} />}
        <PaletteList
          app={app}
          id={id}
          sections={sections}
          current={current}
          onPoint={(row) => setPointed(row.id)}
          onChoose={choose}
        />
        {rows.length === 0 && <Nothing state={state} />}
        <footer class="palette-foot">
          {/* Before there is an answer there is no count of it. */}
          <Status
            count={isReady || rows.length > 0 ? rows.length : null}
            files={state.answer.value?.files ?? null}
            text={text}
          />
          <span class="palette-keys" aria-hidden="true">
            <kbd>↑</kbd>
            <kbd>↓</kbd> move <kbd>↵</kbd> open <kbd>{FIND_KEYS[0]}</kbd>
            <kbd>↵</kbd> new tab
          </span>
        </footer>
      </div>
    </dialog>
  );
}

/** Asks from the place where it is opened, and again whenever something was committed. */
function usePaletteState(app: AppState, purpose: FindPurpose): PaletteState {
  const state = useMemo(
    () =>
      new PaletteState(app.cairn.store, {
        limit: MOST_ROWS,
        kinds: purpose.kind === "pick" ? ["version", "artifact"] : null,
        near: nearOf(app.route.peek()),
      }),
    [app, purpose],
  );
  useLayoutEffect(() => () => state.close(), [state]);
  useSignalEffect(() => {
    if (app.changes.value > 0) state.ask();
  });
  return state;
}

function useSections(
  app: AppState,
  ingest: IngestState,
  purpose: FindPurpose,
  state: PaletteState,
): readonly Section[] {
  const text = state.text.value;
  const answer = state.answer.value;
  const route = app.route.value;
  const [recent] = useState(recentPlaces);
  const isPick = purpose.kind === "pick";
  const actions = isPick ? [] : [...placeActions(app, ingest), ...offeredActions.value.flat()];
  if (text.trim() !== "") return sectionsOf(text, answer?.groups ?? [], actions);
  const here = placeOf(route);
  const places = recent.filter((hash) => isPick || hash !== here);
  const shown = isPick ? places.filter((hash) => parseRoute(hash).kind === "version") : places;
  return startSections(shown.slice(0, MOST_ROWS), actions);
}

/** A version, or the newest of an artifact. */
async function pick(
  app: AppState,
  row: Row,
  { onPick }: Extract<FindPurpose, { kind: "pick" }>,
): Promise<void> {
  const route = row.hash === null ? null : parseRoute(row.hash);
  app.find.close();
  await attempt(app.toasts, async () => {
    if (row.version !== null) return onPick(row.version);
    if (route?.kind !== "version") return;
    const { project, name, selector } = route;
    const { artifact, version } = await app.cairn.store.getVersion(project, name, selector);
    onPick({ project: artifact.project, name: artifact.name, number: version.number });
  });
}

function nearOf(route: Route): { readonly project: string; readonly name: string | null } | null {
  if (route.kind === "project") return { project: route.project, name: null };
  return route.kind === "version" ? { project: route.project, name: route.name } : null;
}

/** Arrows go round; Home and End lead to the ends, as nobody types so much that the text needs them. */
function nextRow({ key, shiftKey }: KeyboardEvent, at: number, count: number): number | null {
  const isInText = shiftKey || key === "ArrowLeft" || key === "ArrowRight";
  return count === 0 || isInText ? null : nextIndex(key, at, count);
}

function Nothing({ state }: { readonly state: PaletteState }): JSX.Element {
  const text = state.text.value.trim();
  return (
    <p class={`palette-nothing${text === "" || state.isAnswered ? "" : " is-waiting"}`}>
      {text === ""
        ? "Type a part of a name, such as an artifact, net:v3, an alias or a tag."
        : state.isAnswered
          ? "Nothing has that in its name, path, alias, tag or digest."
          : "Looking…"}
    </p>
  );
}

function Status({
  count,
  files,
  text,
}: {
  /** `null` while the first answer is awaited. */
  readonly count: number | null;
  readonly files: FilesState | null;
  readonly text: string;
}): JSX.Element {
  const isReading = files?.phase === "reading";
  const counted =
    count === null ? "" : formatCount(count, text.trim() === "" ? "suggestion" : "result");
  return (
    <span class="palette-status">
      <span role="status" class="visually-hidden">
        {counted}
        {counted !== "" && isReading && " so far; file paths are still being read"}
      </span>
      <span aria-hidden="true">{noteOn(files) ?? counted}</span>
    </span>
  );
}

/** What a person should know about files that are not found. */
function noteOn(files: FilesState | null): string | null {
  if (files?.phase === "reading")
    return `File paths are still being read (${Math.round(100 * files.fraction)} %)`;
  if (files?.phase === "failed") return "File paths could not be read";
  if (files?.phase === "ready" && files.leftOut > 0)
    return `Without the files of the ${formatCount(files.leftOut, "oldest version")}`;
  return null;
}
