// A Space that shows a remote's data to everybody: the app's own files, in one commit, with a page
// that names the repository.
import { CairnError, errorOf, isCairnError } from "../core/errors.ts";
import type { HubFailure } from "../core/sync/hub-failure.ts";
import { HUB_URL, labelOf, type RemoteTarget } from "../core/sync/remote.ts";
import { checkRepoName } from "../core/sync/repo-name.ts";
import type { CommitOid, CommitOp, Hub } from "../hub/hub.ts";
import type { Published, PublishRequest } from "../protocol/sync-api.ts";
import type { RemoteRecord } from "../store/sync-records.ts";
import { readAppFiles, type AppFiles } from "./app-files.ts";
import type { SyncCtx } from "./context.ts";
import { ATTRIBUTES_PATH, withLfsLines } from "./git-attributes.ts";
import type { Meter } from "./meter.ts";
import {
  APP_LIST_PATH,
  CARD_PATH,
  cardOf,
  formatAppList,
  isOurCard,
  readAppList,
  sdkOf,
} from "./published-page.ts";
import { uploadObjects } from "./upload-objects.ts";

/** Rounds of syncing commit to the same repository when the data lies in the Space itself. */
const MOST_TRIES = 8;
const BETWEEN_TRIES_MS = 1_000;
const TRIED_AGAIN: ReadonlySet<HubFailure> = new Set(["changed", "busy", "server", "timeout"]);

/**
 * Makes the Space, or renews what a former publish wrote there. Other files of it stay.
 *
 * @throws CairnError `not_public` for data that visitors couldn't read, `invalid_remote_name`,
 *   `invalid_remote` for a Space of another kind, `hub_failed`, `aborted`
 */
export async function publishSpace(
  sync: SyncCtx,
  remote: RemoteRecord,
  request: PublishRequest,
  meter: Meter,
  signal: AbortSignal,
): Promise<Published> {
  const { hubUrl, type, repo } = remote;
  const shown: RemoteTarget = { hubUrl, type, repo };
  const space: RemoteTarget = { hubUrl, type: "space", repo: request.space };
  const badName = checkRepoName(request.space);
  if (badName !== null) throw errorOf(badName);
  meter.subject(request.space);
  meter.step("checking", { files: 0, bytes: 0 });
  await checkPublic(sync.openHub(shown), signal);
  const hub = sync.openHub(space);
  await makeSpace(hub, signal);
  const app = await readAppFiles(request, shown);
  const job = { sync, remote: { ...remote, ...space }, hub, meter };
  await uploadObjects(job, app.objects, signal);
  meter.step("committing", { files: 0, bytes: 0 });
  const commit = await commitApp(sync, { hub, shown, title: request.title, app }, signal);
  const pageUrl = `${hubUrl}/spaces/${request.space}`;
  const { host } = await hub.repoInfo(signal);
  return { url: host === null ? usualUrl(space) : `${host}/`, pageUrl, commit };
}

/** Visitors bring no token. */
async function checkPublic(hub: Hub, signal: AbortSignal): Promise<void> {
  const { exists, isPrivate } = await hub.repoInfo(signal);
  if (exists && isPrivate === true)
    throw new CairnError("not_public", { remote: labelOf(hub.target) });
}

async function makeSpace(hub: Hub, signal: AbortSignal): Promise<void> {
  const { exists } = await hub.repoInfo(signal);
  if (exists) await checkPublic(hub, signal);
  else await hub.createRepo(false, signal);
}

interface Publication {
  readonly hub: Hub;
  readonly shown: RemoteTarget;
  readonly title: string;
  readonly app: AppFiles;
}

/**
 * Commits on whatever the head is, and again when somebody else was faster, or the hub didn't say
 * how it went: files that are there already are no change.
 */
async function commitApp(
  sync: SyncCtx,
  publication: Publication,
  signal: AbortSignal,
): Promise<CommitOid> {
  const { hub } = publication;
  for (let tries = 1; ; tries += 1) {
    const head = await hub.readHead(APP_LIST_PATH, signal);
    const ops = await planCommit(publication, head, signal);
    try {
      return await hub.commit(
        {
          title: head.text === null ? "Publish with Cairn" : "Renew what Cairn published",
          description: `Shows ${labelOf(publication.shown)}.`,
          ops,
          parent: head.commit,
        },
        signal,
      );
    } catch (error) {
      const mayPass = isCairnError(error, "hub_failed") && TRIED_AGAIN.has(error.data.kind);
      if (!mayPass || tries >= MOST_TRIES) throw error;
      await sync.sleep(BETWEEN_TRIES_MS * tries * (0.5 + sync.random()), signal);
    }
  }
}

async function planCommit(
  { hub, shown, title, app }: Publication,
  { commit, text: former }: { readonly commit: CommitOid | null; readonly text: string | null },
  signal: AbortSignal,
): Promise<readonly CommitOp[]> {
  const read = async (path: string): Promise<string | null> =>
    commit === null ? null : hub.readText(commit, path, signal);
  const card = await read(CARD_PATH);
  const sdk = sdkOf(card ?? "");
  if (sdk !== null && sdk !== "static")
    throw new CairnError("invalid_remote", {
      remote: labelOf(hub.target),
      path: CARD_PATH,
      reason: `it asks for a Space with ${sdk}, and only a static one can show these pages`,
    });
  const attributes = (await read(ATTRIBUTES_PATH)) ?? "";
  const paths = [...app.texts.keys(), ...app.pointers.keys()];
  const withLines = withLfsLines(attributes, [...app.pointers.keys()], [...app.texts.keys()]);
  const gone = readAppList(former).filter((path) => !paths.includes(path));
  const mayWriteCard = card === null || isOurCard(card) || isBare(card);
  const texts = new Map([
    ...app.texts,
    [APP_LIST_PATH, formatAppList(paths)],
    ...(withLines === attributes ? [] : [[ATTRIBUTES_PATH, withLines] as const]),
    ...(mayWriteCard ? [[CARD_PATH, cardOf(shown, title)] as const] : []),
  ]);
  const there = commit === null ? [] : await hub.pathsInfo(commit, gone, signal);
  return [
    ...Array.from(texts, ([path, text]) => ({ kind: "text", path, text }) as const),
    ...Array.from(app.pointers, ([path, object]) => ({ kind: "pointer", path, object }) as const),
    ...there.map(({ path }) => ({ kind: "delete", path }) as const),
  ];
}

/** A card of nothing but its front matter: the hub wrote it when the Space was made. */
function isBare(card: string): boolean {
  return card.replace(/^---[\s\S]*?\n---/, "").trim() === "";
}

/** Where the usual hub serves static Spaces; elsewhere the Space's own page is all that is known. */
function usualUrl({ hubUrl, repo }: RemoteTarget): string {
  const host = repo.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  return hubUrl === HUB_URL ? `https://${host}.static.hf.space/` : `${hubUrl}/spaces/${repo}`;
}
