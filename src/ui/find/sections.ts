// What the search shows: rows in groups, the best group first.
import { FIND_KINDS, type FindKind } from "../../core/search-kinds.ts";
import { FIT, fitOf, foldLetters, wantedOf, type Wanted } from "../../core/search-match.ts";
import type { FindGroup } from "../../protocol/find-api.ts";
import type { FindAction } from "./actions.ts";
import { rowOfSpec } from "./spec-row.ts";
import { rowOf, rowOfAction, rowOfPlace, type Row } from "./rows.ts";

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly rows: readonly Row[];
  readonly hasMore: boolean;
}

const TITLES: Readonly<Record<FindKind, string>> = {
  project: "Projects",
  artifact: "Artifacts",
  version: "Versions",
  registry: "Registries",
  collection: "Collections",
  file: "Files",
  run: "Runs",
};
/** Actions shown beside other finds. */
const MOST_ACTIONS = 6;

/** The groups for what is typed. */
export function sectionsOf(
  text: string,
  groups: readonly FindGroup[],
  actions: readonly FindAction[],
): readonly Section[] {
  const wanted = wantedOf(text);
  if (wanted === null) return [];
  const found = groups.map((group) => ({
    section: sectionOf(group, wanted),
    fit: Math.min(...group.hits.map(({ fit }) => fit)),
    order: FIND_KINDS.indexOf(group.kind),
  }));
  const fitting = actionsThatFit(actions, wanted);
  if (fitting !== null)
    found.push({
      section: fitting.section,
      fit: fitting.fit,
      // Among equals things go before what can be done.
      order: FIND_KINDS.length,
    });
  const sections = found
    .toSorted((a, b) => a.fit - b.fit || a.order - b.order)
    .map(({ section }) => section);
  const place = rowOfSpec(text);
  if (place === null) return sections;
  return [{ id: "spec", title: "By its spec", rows: [place], hasMore: false }, ...sections];
}

/** What is shown before anything is typed: where the person was, and what can be done here. */
export function startSections(
  recent: readonly string[],
  actions: readonly FindAction[],
): readonly Section[] {
  const places = recent.map(rowOfPlace).filter((row) => row !== null);
  const sections = [
    { id: "recent", title: "Recent", rows: places, hasMore: false },
    {
      id: "action",
      title: "Actions",
      rows: actions.map((one) => rowOfAction(one, null)),
      hasMore: false,
    },
  ];
  return sections.filter(({ rows }) => rows.length > 0);
}

function sectionOf({ kind, hits, hasMore }: FindGroup, wanted: Wanted): Section {
  return { id: kind, title: TITLES[kind], rows: hits.map((hit) => rowOf(hit, wanted)), hasMore };
}

function actionsThatFit(
  actions: readonly FindAction[],
  wanted: Wanted,
): { readonly section: Section; readonly fit: number } | null {
  const fitting = actions.flatMap((action) => {
    const own = fitOf(foldLetters(action.label), wanted);
    const other = fitOf(foldLetters(`${action.label} ${action.words ?? ""}`), wanted);
    // Letters here and there in a sentence are chance.
    if (other === null || other === FIT.scattered) return [];
    return [{ action, fit: own ?? Math.max(other, FIT.word) }];
  });
  const best = fitting.toSorted((a, b) => a.fit - b.fit).slice(0, MOST_ACTIONS);
  const [first] = best;
  if (first === undefined) return null;
  const rows = best.map(({ action }) => rowOfAction(action, wanted));
  const hasMore = fitting.length > best.length;
  return { section: { id: "action", title: "Actions", rows, hasMore }, fit: first.fit };
}
