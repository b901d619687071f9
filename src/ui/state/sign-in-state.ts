// Signing in to a hub with a token that the person pastes.
import { computed, signal } from "@preact/signals";
import { HUB_URL } from "../../core/sync/remote.ts";
import type { HubIdentity, SyncApi } from "../../protocol/sync-api.ts";
import { Task } from "./actions.ts";

export class SignInState {
  readonly token = signal("");
  /** Also on this device, for the next visit. */
  readonly keeps = signal(false);
  readonly task = new Task();
  readonly #api: Pick<SyncApi, "giveToken">;

  constructor(api: Pick<SyncApi, "giveToken">) {
    this.#api = api;
  }

  readonly isReady = computed(() => this.token.value.trim() !== "");

  /**
   * Gives the token away; once it is good it is nowhere in the page any more.
   *
   * @param onDone with whose it is; not called when it went wrong, which `task` says
   */
  signIn(hubUrl: string, onDone: (identity: HubIdentity) => void): Promise<void> {
    if (!this.isReady.value) return Promise.resolve();
    return this.task.run(async () => {
      const token = { token: this.token.value.trim(), expiresAt: null };
      const identity = await this.#api.giveToken(hubUrl, token, this.keeps.value);
      this.token.value = "";
      onDone(identity);
    });
  }
}

/** Where a token is made; on the usual hub with the rights it needs chosen already. */
export function tokenPage(hubUrl: string): string {
  const page = `${hubUrl}/settings/tokens`;
  return hubUrl === HUB_URL
    ? `${page}/new?tokenType=fineGrained&ownUserPermissions=repo.content.read&ownUserPermissions=repo.write`
    : page;
}
