// A repository on its way to being connected: which, by whom, and what syncs with it [S1].
import { computed, signal } from "@preact/signals";
import type { Cairn } from "../../client/cairn.ts";
import type { Problem } from "../../core/errors.ts";
import { checkRepoName } from "../../core/sync/repo-name.ts";
import {
  HUB_URL,
  type RemoteTarget,
  type RemoteUid,
  type RepoType,
  type SyncedProject,
  type SyncScope,
} from "../../core/sync/remote.ts";
import type { ConnectionReport, HubIdentity, RemoteView } from "../../protocol/sync-api.ts";
import { Task } from "./actions.ts";
import { NOTHING, withChoice } from "./sync-scope.ts";
import { readHubUrl, readTarget, writeTarget } from "./sync-target.ts";

type ConnectApi = Cairn["sync"]["api"];

/** The name that a new repository gets unless the person says another. */
const USUAL_NAME = "cairn";
/** How long a hub's first answer is waited for with nothing else to be seen. */
const WAIT_MS = 2_000;

export class ConnectDraft {
  /** Make one, or take one that is there. */
  readonly mode = signal<"new" | "existing">("new");
  readonly type = signal<RepoType>("space");
  readonly owner = signal("");
  readonly name = signal(USUAL_NAME);
  readonly isPrivate = signal(true);
  /** `owner/name` or an address, of one that is there. */
  readonly pasted = signal("");
  readonly hubText = signal(HUB_URL);
  /** Who is signed in at the hub; `undefined` until the first hub answers, or takes too long to wait for. */
  readonly identity = signal<HubIdentity | null | undefined>(undefined);
  /** The person wants to send nothing. */
  readonly pullsOnly = signal(false);
  readonly scope = signal<SyncScope>(NOTHING);
  /** Whether the person is past the choice of the repository. */
  readonly isChoosing = signal(false);
  readonly testing = new Task();
  readonly connecting = new Task();
  readonly #tested = signal<{ readonly of: string; readonly report: ConnectionReport } | null>(
    null,
  );
  readonly #api: ConnectApi;
  /** Of the hub asked last: other answers are late. */
  #asked = "";

  /** @param wanted a repository as an address has it; `""` for none */
  constructor(api: ConnectApi, wanted: string) {
    this.#api = api;
    if (wanted === "") return;
    const read = readTarget(wanted, { hubUrl: HUB_URL, type: "space" });
    if (read.kind === "problem") {
      this.mode.value = "existing";
      this.pasted.value = wanted;
      return;
    }
    const { hubUrl, type, repo } = read.target;
    const [owner = "", name = ""] = repo.split("/");
    this.hubText.value = hubUrl;
    this.type.value = type;
    this.owner.value = owner;
    this.name.value = name;
  }

  /** `null` while the hub's address is none. */
  readonly hubUrl = computed(() => readHubUrl(this.hubText.value));

  /** What is named so far, or what is wrong with it; `null` while too little is said. */
  readonly read = computed(() => {
    const hubUrl = this.hubUrl.value;
    if (hubUrl === null) return null;
    const type = this.type.value;
    if (this.mode.value === "existing")
      return this.pasted.value.trim() === ""
        ? null
        : readTarget(this.pasted.value, { hubUrl, type });
    const [owner, name] = [this.owner.value.trim(), this.name.value.trim()];
    if (owner === "" || name === "") return null;
    const repo = `${owner}/${name}`;
    const problem = checkRepoName(repo);
    return problem === null
      ? ({ kind: "target", target: { hubUrl, type, repo } } as const)
      : ({ kind: "problem", problem } as const);
  });

  readonly target = computed<RemoteTarget | null>(() => {
    const read = this.read.value;
    return read?.kind === "target" ? read.target : null;
  });

  readonly targetProblem = computed<Problem<"invalid_remote_name"> | null>(() => {
    const read = this.read.value;
    return read?.kind === "problem" ? read.problem : null;
  });

  /** The hub of the repository; a pasted address may name another than the form does. */
  readonly hubInUse = computed(() => this.target.value?.hubUrl ?? this.hubUrl.value);

  /** What the last test found, of the repository as it is named now. */
  readonly report = computed(() => {
    const [tested, target] = [this.#tested.value, this.target.value];
    return tested !== null && target !== null && tested.of === writeTarget(target)
      ? tested.report
      : null;
  });

  readonly mayGoOn = computed(() => {
    const report = this.report.value;
    if (report === null) return false;
    const isBad = report.steps.some(
      // One that is to be made isn't there yet; large files are kept whatever `.gitattributes` says.
      ({ what, state }) =>
        state === "bad" && what !== "lfs" && (report.exists || what !== "repository"),
    );
    if (report.exists) return !isBad || this.readsOnly.value;
    return !isBad && this.mode.value === "new" && this.identity.value !== null;
  });

  /** It can be read and not written. */
  readonly readsOnly = computed(() => {
    const report = this.report.value;
    return (
      report !== null &&
      report.exists &&
      !report.mayWrite &&
      report.steps.every(({ what, state }) => state !== "bad" || MAY_FAIL.has(what))
    );
  });

  /** The repository as the address bar keeps it, for when the person comes back from signing in. */
  get address(): string {
    const target = this.target.value;
    return target === null ? "" : writeTarget(target);
  }

  /** Asks who is signed in, and offers their name as the owner. Until another hub answers, nobody is. */
  async identify(hubUrl: string): Promise<void> {
    this.#asked = hubUrl;
    if (this.identity.value !== undefined) this.identity.value = null;
    const waiting = setTimeout(() => (this.identity.value ??= null), WAIT_MS);
    const identity = await this.#api.whoIs(hubUrl).catch(() => null);
    clearTimeout(waiting);
    if (this.#asked !== hubUrl) return;
    // Somebody may have signed in meanwhile.
    if (identity !== null || this.identity.value === undefined) this.signedIn(identity);
  }

  /** Asks once more where nobody was signed in. */
  async identifyAgain(hubUrl: string): Promise<void> {
    if (this.identity.value !== null) return;
    const identity = await this.#api.whoIs(hubUrl).catch(() => null);
    if (this.#asked === hubUrl && identity !== null) this.signedIn(identity);
  }

  signedIn(identity: HubIdentity | null): void {
    this.identity.value = identity;
    this.#tested.value = null;
    if (this.owner.value === "" && identity !== null) this.owner.value = identity.name;
  }

  /** Looks at the repository; changes nothing there. */
  test(): Promise<void> {
    return this.testing.run(async () => {
      const target = this.target.value;
      if (target === null) return;
      const report = await this.#api.testConnection(target);
      this.#tested.value = { of: writeTarget(target), report };
      this.pullsOnly.value = this.readsOnly.value;
    });
  }

  /** On to what syncs, tested first. */
  async goOn(): Promise<void> {
    if (this.report.value === null) await this.test();
    if (this.mayGoOn.value) this.isChoosing.value = true;
  }

  choose(name: string, choice: SyncedProject | null): void {
    this.scope.value = withChoice(this.scope.value, name, choice);
  }

  /**
   * Connects. What syncs elsewhere leaves there first, as numbers are agreed on in one place [S3].
   *
   * @param remotes those connected so far
   * @param onDone with the new one; not called when it went wrong, which `connecting` says
   */
  connect(remotes: readonly RemoteView[], onDone: (uid: RemoteUid) => void): Promise<void> {
    return this.connecting.run(async () => {
      const [target, report] = [this.target.value, this.report.value];
      if (target === null || report === null) return;
      const scope = this.scope.value;
      const left = remotes.filter((remote) => leaves(remote, scope));
      const request = {
        target,
        create: report.exists ? null : { isPrivate: this.isPrivate.value },
        pullOnly: this.pullsOnly.value,
        scope,
      };
      for (const { uid, scope: former } of left)
        await this.#api.setScope(uid, without(former, scope));
      let made: RemoteView;
      try {
        made = await this.#api.connectRemote(request);
      } catch (error) {
        for (const { uid, scope: former } of left) await this.#api.setScope(uid, former);
        throw error;
      }
      await this.#api.syncNow(made.uid);
      onDone(made.uid);
    });
  }
}

/** Steps that may fail where nothing is to be written. */
const MAY_FAIL: ReadonlySet<string> = new Set(["sign-in", "write", "lfs"]);

function leaves(remote: RemoteView, scope: SyncScope): boolean {
  return without(remote.scope, scope).projects.length < remote.scope.projects.length;
}

function without(former: SyncScope, taken: SyncScope): SyncScope {
  const names = new Set(taken.projects.map(({ name }) => name));
  return { ...former, projects: former.projects.filter(({ name }) => !names.has(name)) };
}
