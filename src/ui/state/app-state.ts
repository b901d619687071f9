// What the whole app shares: Cairn, the route, messages, warnings.
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import type { Cairn, StorageState } from "../../client/cairn.ts";
import type { VersionRef } from "../../core/records.ts";
import { formatVersion } from "../../core/version.ts";
import { Toasts } from "../parts/toasts.tsx";
import { DownloadState } from "./download-state.ts";
import { FindState } from "./find-state.ts";
import { SyncMark } from "./sync-mark.ts";
import { UndoState } from "./undo-state.ts";
import { VerifyState } from "./verify-state.ts";
import { parseRoute } from "../parse-route.ts";
import { formatRoute, versionHash, type Route } from "../router.ts";

/** A warning that concerns every page. */
export type Alarm = "storage-full" | "database-closed" | "data-lost";

export class AppState {
  readonly toasts = new Toasts();
  readonly find = new FindState(this.toasts);
  /** What was done in this tab. */
  readonly undo = new UndoState(this.toasts);
  /** Goes on whichever page is shown. */
  readonly download: DownloadState;
  readonly verify: VerifyState;
  /** What the bar says of syncing. */
  readonly sync: SyncMark;
  readonly route: ReadonlySignal<Route>;
  readonly alarm = signal<Alarm | null>(null);
  readonly storage = signal<StorageState | null>(null);
  /** Goes up whenever something was committed, here or in another tab. */
  readonly changes = signal(0);
  readonly cairn: Cairn;

  constructor(cairn: Cairn) {
    this.cairn = cairn;
    this.download = new DownloadState(cairn, () => this.bytesMoved());
    this.verify = new VerifyState(cairn);
    this.sync = new SyncMark(cairn);
    const hash = signal(location.hash);
    addEventListener("hashchange", () => (hash.value = location.hash));
    this.route = computed(() => parseRoute(hash.value));
    cairn.onChange((notice) => {
      if (notice.kind === "changed" || notice.kind === "registry-changed") this.changes.value++;
      else this.alarm.value = notice.kind;
      void this.refreshStorage();
    });
    if (cairn.dataWasLost) this.alarm.value = "data-lost";
    void this.refreshStorage();
  }

  currentProject(): string | null {
    const route = this.route.value;
    return route.kind === "project" || route.kind === "version" ? route.project : null;
  }

  openVersion({ project, name, number }: VersionRef): void {
    location.hash = versionHash(project, name, formatVersion(number));
  }

  openTrash(): void {
    location.hash = formatRoute({ kind: "trash" });
  }

  /** Puts a filter into the URL without a step in the history. */
  replaceRoute(route: Route): void {
    history.replaceState(null, "", formatRoute(route));
    dispatchEvent(new HashChangeEvent("hashchange"));
  }

  /** Bytes came here or went: what shows where they are asks again, though nothing was committed. */
  bytesMoved(): void {
    this.changes.value++;
    void this.refreshStorage();
  }

  async refreshStorage(): Promise<void> {
    this.storage.value = await this.cairn.storageState();
  }

  async askToPersist(): Promise<void> {
    const answer = await this.cairn.askToPersist();
    await this.refreshStorage();
    if (answer === true) return;
    const text =
      answer === null
        ? "This browser can't be asked to keep data."
        : "The browser said no for now. It tends to agree once you use Cairn more often, or install it as an app.";
    this.toasts.show({ text });
  }
}
