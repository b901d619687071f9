// Versions by what names them: `name:v3`, `project/name:prod`, `name v3`, or the beginning of their digest.
import type { Digest } from "../../core/digest.ts";
import { LATEST } from "../../core/names.ts";
import type { ArtifactUid } from "../../core/records.ts";
import { FIT, fitOf, foldLetters, wantedOf, type Fit } from "../../core/search-match.ts";
import type { VersionNumber } from "../../core/version.ts";
import type { FindRequest } from "../../protocol/find-api.ts";
import { artifactReader } from "../../store/by-uid.ts";
import type { ReadTx } from "../../store/transaction.ts";
import type { Catalog, NamedArtifact } from "../browse/search-catalog.ts";
import { compareFound, distanceOf, type Found } from "./find-names.ts";

/** Artifacts whose versions are looked for. */
const ARTIFACTS = 8;
/** Of these also versions whose number only begins so are shown. */
const ARTIFACTS_GUESSED = 2;
/** From four characters of a digest on: shorter ones begin too many. */
const DIGEST_START = /^(?:blake3:|b3:)?([0-9a-f]{4,64})$/;
/** An artifact, a colon or space, and a selector; or a version number alone. */
const PARTS = /^(?:(.*?)\s*:\s*|(.+?)\s+(?=v\d*$)|(?=v\d+$))([^\s:]*)$/;

type VersionsTx = ReadTx<"versions" | "artifacts" | "aliases">;

/** The hex characters that a text may be the beginning of a digest with. */
export function digestStart(text: string): string | null {
  return DIGEST_START.exec(text)?.[1] ?? null;
}

/** Versions whose manifest digest begins so. */
export async function findByDigest(
  tx: VersionsTx,
  hex: string,
  limit: number,
): Promise<readonly Found[]> {
  // “g” comes after every hex character.
  const range = IDBKeyRange.bound(`blake3:${hex}` as Digest, `blake3:${hex}g` as Digest);
  const versions = await tx
    .objectStore("versions")
    .index("byManifest")
    .getAll(range, limit + 1);
  const artifactOf = artifactReader(tx);
  return versions.map(({ artifact, number, digest }) => {
    const fit = hex.length === 64 ? FIT.whole : FIT.start;
    return {
      kind: "version",
      fit,
      order: 2,
      text: digest,
      distance: 2,
      hits: async () => {
        const { project, name } = await artifactOf(artifact);
        return [{ kind: "version", by: "digest", fit, text: digest, project, name, number }];
      },
    };
  });
}

/** Versions that an artifact's name and a selector name, as far as both are typed. */
export async function findBySelector(
  tx: VersionsTx,
  catalog: Catalog,
  text: string,
  request: FindRequest,
): Promise<readonly Found[]> {
  const parts = PARTS.exec(text);
  if (parts === null) return [];
  const selector = parts[3] ?? "";
  const artifacts = artifactsNamed(catalog, parts[1] ?? parts[2] ?? "", request);
  const found = await Promise.all(
    artifacts.map(async (artifact, place) => [
      ...(await byNumber(tx, artifact, selector, place < ARTIFACTS_GUESSED, request)),
      ...byAlias(catalog, artifact, selector, request),
    ]),
  );
  return found.flat();
}

interface Candidate extends NamedArtifact {
  readonly uid: ArtifactUid;
  readonly fit: Fit;
  readonly distance: number;
}

/** The artifacts that a text names; without one, that in view. */
function artifactsNamed(
  { named }: Catalog,
  text: string,
  { near }: FindRequest,
): readonly Candidate[] {
  const wanted = wantedOf(text);
  const found: Candidate[] = [];
  for (const [uid, { project, name }] of named) {
    const distance = distanceOf(near, { project, name });
    const target = text.includes("/") ? `${project}/${name}` : name;
    const fit =
      wanted === null ? (distance === 0 ? FIT.whole : null) : fitOf(foldLetters(target), wanted);
    if (fit !== null) found.push({ uid, project, name, fit, distance });
  }
  return found
    .toSorted((a, b) => a.fit - b.fit || a.distance - b.distance || a.name.length - b.name.length)
    .slice(0, ARTIFACTS);
}

async function byNumber(
  tx: VersionsTx,
  { uid, project, name, fit, distance }: Candidate,
  selector: string,
  isGuessed: boolean,
  { limit }: FindRequest,
): Promise<readonly Found[]> {
  const show = (number: VersionNumber, isWhole: boolean): Found => {
    const ownFit = (isWhole ? fit : Math.max(fit, FIT.start)) as Fit;
    const text = `v${number}`;
    const shown = { by: "number", fit: ownFit, text, project, name, number } as const;
    return {
      kind: "version",
      fit: ownFit,
      order: -1,
      // Among several artifacts of equal fit the name decides, and only then the number.
      text: `${project}/${name}${isWhole ? "" : text}`,
      distance,
      hits: () => [{ kind: "version", ...shown }],
    };
  };
  // As soon as a number or a name is begun.
  if (selector === "v" || LATEST.startsWith(selector)) {
    const held = await tx.objectStore("aliases").get([uid, LATEST]);
    return held === undefined ? [] : [show(held.number, true)];
  }
  const digits = /^v?(\d{1,9})$/.exec(selector)?.[1];
  if (digits === undefined) return [];
  const store = tx.objectStore("versions");
  const exact = Number(digits);
  // v1, then v10 to v19.
  const ranges = [IDBKeyRange.only([uid, exact])];
  if (isGuessed && exact > 0)
    ranges.push(IDBKeyRange.bound([uid, 10 * exact], [uid, 10 * exact + 9]));
  const keys = await Promise.all(ranges.map((range) => store.getAllKeys(range, limit)));
  return keys.flat().map(([, number]) => show(number as VersionNumber, number === exact));
}

function byAlias(
  { aliases }: Catalog,
  { project, name, fit, distance }: Candidate,
  selector: string,
  { limit }: FindRequest,
): readonly Found[] {
  const wanted = wantedOf(selector);
  const found = aliases.flatMap(({ text, of }): readonly Found[] => {
    if (of.project !== project || of.name !== name) return [];
    const own = wanted === null ? FIT.start : fitOf(text, wanted);
    if (own === null) return [];
    const shown = { fit: Math.max(fit, own) as Fit, project, name, number: of.number };
    return [
      {
        kind: "version",
        fit: shown.fit,
        order: 0,
        text: `${name}:${of.alias}`,
        distance,
        hits: () => [{ kind: "version", by: "alias", text: of.alias, ...shown }],
      },
    ];
  });
  return found.toSorted(compareFound).slice(0, limit);
}
