// Connecting a repository and syncing with it, as a person does it in the pages.
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import type { TestHub } from "../hub/client.ts";
import type { LoggedRequest } from "../hub/server/request-log.ts";
import { untilLoaded } from "./pages.ts";

export const TOKEN = "hf_ada";

export interface Connecting {
  readonly kind: "Space" | "Dataset" | "Model";
  /** Made when there is none of that name; `existing` is typed as `owner/name`. */
  readonly repo: { readonly isNew: boolean; readonly name: string };
  readonly sees?: "Private" | "Public";
  readonly projects?: readonly string[];
  readonly registries?: readonly string[];
  readonly token?: string;
  readonly keepsToken?: boolean;
  /** Also bring all bytes here. */
  readonly keepsAll?: boolean;
}

/** Goes to a page of the app by its hash, as a link would. */
export async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => (location.hash = to), hash);
  await untilLoaded(page);
}

export function dialogOf(page: Page): Locator {
  return page.getByRole("dialog");
}

/** Opens the dialog, and has it ask another hub. */
export async function openConnect(page: Page, hub: TestHub): Promise<Locator> {
  await goTo(page, "#/sync");
  await page.getByRole("button", { name: "Connect a repository" }).click();
  const dialog = dialogOf(page);
  await dialog.getByText("Another hub").click();
  await dialog.getByLabel("Address of the hub").fill(hub.url);
  return dialog;
}

/** Pastes a token where one can be, and waits until the hub took it. */
export async function pasteToken(within: Locator, token = TOKEN, keeps = false): Promise<void> {
  await within.getByLabel("Access token").fill(token);
  if (keeps) await within.getByLabel("Keep it on this device").check();
  await within.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Connects from the beginning: hub, token, repository, what syncs. The first round is under way then. */
export async function connect(page: Page, hub: TestHub, wanted: Connecting): Promise<void> {
  const dialog = await openConnect(page, hub);
  const { token = TOKEN, keepsToken = false } = wanted;
  await pasteToken(dialog, token, keepsToken);
  await dialog.getByText("Signed in to").waitFor();
  await chooseRepo(dialog, wanted);
  await chooseScope(dialog, wanted);
  await dialog.getByRole("button", { name: "Connect", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("heading", { level: 1, name: nameIn(wanted.repo.name) }).waitFor();
}

async function chooseRepo(dialog: Locator, { kind, repo, sees }: Connecting): Promise<void> {
  await dialog.getByLabel(repo.isNew ? "A new one" : "One that is there").check();
  await dialog
    .getByRole("group", { name: "Kind" })
    .getByRole("radio", { name: new RegExp(`^${kind}`) })
    .check();
  const name = dialog.getByRole("textbox", { name: repo.isNew ? "Name" : "Repository" });
  await name.fill(repo.name);
  if (sees !== undefined) await dialog.getByRole("radio", { name: new RegExp(`^${sees}`) }).check();
  await dialog.getByRole("button", { name: "Next: what syncs" }).click();
}

async function chooseScope(
  dialog: Locator,
  { projects = [], registries = [], keepsAll = false }: Connecting,
): Promise<void> {
  await dialog.getByRole("group", { name: "Projects" }).waitFor();
  for (const name of projects)
    await dialog.getByRole("checkbox", { name: new RegExp(`^${name} `) }).check();
  for (const name of registries)
    await dialog.getByRole("checkbox", { name: new RegExp(`^${name} `) }).check();
  if (keepsAll) for (const box of await dialog.getByLabel("Keep all here").all()) await box.check();
}

/** `ada/nets` or `nets`: the page says the owner, too. */
function nameIn(repo: string): RegExp {
  return new RegExp(`(^|/)${repo}$`);
}

/** What syncing does, in words, on the page of all repositories or of one. */
export function activityOf(page: Page): Locator {
  return page.locator(".activity-state");
}

/** Resolves once the page of a repository says that all is there. */
export async function untilSynced(page: Page): Promise<void> {
  await expect.poll(() => activityOf(page).innerText()).toBe("Up to date");
}

/** Goes to the page of the one connected repository. */
export async function openRemote(page: Page): Promise<void> {
  await goTo(page, "#/sync");
  await page.getByRole("list", { name: "Connected repositories" }).getByRole("link").click();
  await page.getByRole("tab", { name: "What syncs" }).waitFor();
}

/** Has a round run now, and waits until it ended well. */
export async function syncNow(page: Page): Promise<void> {
  await openRemote(page);
  const before = await syncedAt(page);
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect.poll(() => syncedAt(page)).not.toBe(before);
  await untilSynced(page);
}

function syncedAt(page: Page): Promise<string | null> {
  return page.locator(".activity time").getAttribute("datetime");
}

/** Bytes that went to the hub's storage, by requests that arrived in full. */
export function uploadsIn(requests: readonly LoggedRequest[]): readonly LoggedRequest[] {
  return requests.filter(({ host, method }) => host === "storage" && method === "PUT");
}

/** Those that did something: no questions of the browser whether it may ask. */
export function asked(requests: readonly LoggedRequest[]): readonly LoggedRequest[] {
  return requests.filter(({ method }) => method !== "OPTIONS");
}
