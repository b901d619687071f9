import { describe, expect, it, onTestFinished, vi } from "vitest";
import { CairnError } from "../../../src/core/errors.ts";
import { HUB_URL, type RemoteUid, type SyncScope } from "../../../src/core/sync/remote.ts";
import type {
  ConnectionReport,
  ConnectionStep,
  ConnectRequest,
  HubIdentity,
} from "../../../src/protocol/sync-api.ts";
import { ConnectDraft } from "../../../src/ui/state/sync-connect.ts";
import { firstChoice } from "../../../src/ui/state/sync-scope.ts";
import { fakeSync } from "../../support/fake-sync.ts";
import { remoteView } from "../../support/sync-views.ts";

const ADA: HubIdentity = { name: "ada", fullName: null, orgs: ["engines"], role: null };
const GOOD: ConnectionReport = {
  steps: [],
  projects: [],
  registries: [],
  exists: true,
  mayWrite: true,
};
const bad = (what: ConnectionStep["what"]): ConnectionStep => ({
  what,
  state: "bad",
  text: "",
  requestId: null,
});

interface Hub {
  /** What the dialog is opened with. */
  readonly wanted?: string;
  readonly report?: ConnectionReport;
  readonly identity?: HubIdentity | null;
  /** Connecting does. */
  readonly fails?: boolean;
}

/** A draft against a hub that answers as told, and what it was asked to do. */
function setUp({ wanted = "", report = GOOD, identity = ADA, fails = false }: Hub = {}) {
  const done: unknown[] = [];
  const { api } = fakeSync({
    whoIs: () => Promise.resolve(identity),
    testConnection: () => Promise.resolve(report),
    setScope: (uid, scope) => Promise.resolve(void done.push([uid, namesOf(scope)])),
    syncNow: (uid) => Promise.resolve(void done.push(["sync", uid])),
    connectRemote: (request: ConnectRequest) => {
      done.push(request);
      return fails
        ? Promise.reject(new CairnError("internal", { reason: "x" }))
        : Promise.resolve(remoteView({ uid: "made" as RemoteUid }));
    },
  });
  return { draft: new ConnectDraft(api, wanted), done };
}

const namesOf = ({ projects }: SyncScope): readonly string[] => projects.map(({ name }) => name);

describe("which repository", () => {
  it("is a Space of who is signed in, unless the person says otherwise", async () => {
    const { draft } = setUp();
    expect(draft.target.value).toBeNull();
    await draft.identify(HUB_URL);
    expect(draft.target.value).toEqual({ hubUrl: HUB_URL, type: "space", repo: "ada/cairn" });
    draft.type.value = "dataset";
    draft.owner.value = "engines";
    draft.name.value = "weights";
    expect(draft.address).toBe("datasets/engines/weights");
  });

  it("comes from the address, and stays when somebody signs in", async () => {
    const { draft } = setUp({ wanted: "datasets/grace/data" });
    await draft.identify(HUB_URL);
    expect(draft.target.value).toEqual({ hubUrl: HUB_URL, type: "dataset", repo: "grace/data" });
  });

  it("is one that is there, at another hub", () => {
    const { draft } = setUp();
    draft.mode.value = "existing";
    expect(draft.targetProblem.value).toBeNull();
    draft.pasted.value = "https://hub.example.org/spaces/ada/x";
    expect(draft.hubInUse.value).toBe("https://hub.example.org");
    draft.pasted.value = "nothing";
    expect(draft.targetProblem.value?.code).toBe("invalid_remote_name");
  });

  it("is none while the hub's address is none", () => {
    const { draft } = setUp({ wanted: "ada/x" });
    draft.hubText.value = "";
    expect(draft.target.value).toBeNull();
    expect(draft.hubInUse.value).toBeNull();
  });
});

describe("who is signed in", () => {
  it("is the answer of the hub asked last", async () => {
    const { draft } = setUp();
    const first = draft.identify("https://old.example.org");
    await draft.identify(HUB_URL);
    draft.identity.value = null;
    await first;
    expect(draft.identity.value).toBeNull();
    await draft.identifyAgain(HUB_URL);
    expect(draft.identity.value).toEqual(ADA);
  });

  it("is nobody while another hub is asked", async () => {
    const { draft } = setUp();
    const first = draft.identify(HUB_URL);
    expect(draft.identity.value).toBeUndefined();
    await first;
    const other = draft.identify("https://other.example.org");
    expect(draft.identity.value).toBeNull();
    await other;
    expect(draft.identity.value).toEqual(ADA);
  });

  it("is nobody once a hub takes long, until it answers or somebody signs in", async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const answers: ((identity: typeof ADA | null) => void)[] = [];
    const { api } = fakeSync({ whoIs: () => new Promise((resolve) => answers.push(resolve)) });
    const asked = [ADA, null].map(() => {
      const draft = new ConnectDraft(api, "");
      return { draft, ended: draft.identify(HUB_URL) };
    });
    await vi.advanceTimersByTimeAsync(1_999);
    expect(asked.map(({ draft }) => draft.identity.value)).toEqual([undefined, undefined]);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked.map(({ draft }) => draft.identity.value)).toEqual([null, null]);
    asked[1]?.draft.signedIn(ADA);
    answers[0]?.(ADA);
    answers[1]?.(null);
    await Promise.all(asked.map(({ ended }) => ended));
    expect(asked.map(({ draft }) => draft.identity.value)).toEqual([ADA, ADA]);
  });
});

describe("going on to what syncs", () => {
  const goOn = async (options: Hub, mode: "new" | "existing" = "new") => {
    const { draft } = setUp({ wanted: "ada/x", ...options });
    await draft.identify(HUB_URL);
    draft.mode.value = mode;
    draft.pasted.value = "ada/x";
    await draft.goOn();
    return draft;
  };

  it("takes a test that found nothing wrong", async () => {
    expect((await goOn({})).isChoosing.value).toBe(true);
    expect((await goOn({ report: { ...GOOD, steps: [bad("layout")] } })).isChoosing.value).toBe(
      false,
    );
  });

  it("takes one that is to be made, which isn't there yet", async () => {
    const report = { ...GOOD, exists: false, steps: [bad("repository")] };
    expect((await goOn({ report })).isChoosing.value).toBe(true);
    expect((await goOn({ report }, "existing")).isChoosing.value).toBe(false);
    expect((await goOn({ report, identity: null })).isChoosing.value).toBe(false);
  });

  it("brings in only, where nothing may be written", async () => {
    const report = { ...GOOD, mayWrite: false, steps: [bad("sign-in"), bad("write")] };
    const draft = await goOn({ report, identity: null }, "existing");
    expect(draft.isChoosing.value).toBe(true);
    expect(draft.pullsOnly.value).toBe(true);
  });

  it("a test counts for the repository and the person it was made for", async () => {
    const draft = await goOn({});
    draft.mode.value = "new";
    draft.name.value = "y";
    expect(draft.report.value).toBeNull();
    draft.name.value = "x";
    expect(draft.report.value).toEqual(GOOD);
    draft.signedIn(null);
    expect(draft.report.value).toBeNull();
  });
});

describe("connecting", () => {
  const connect = async (options: Hub, chosen: readonly string[]) => {
    const { draft, done } = setUp({ wanted: "ada/x", ...options });
    await draft.identify(HUB_URL);
    await draft.test();
    for (const name of chosen) draft.choose(name, firstChoice(name));
    const made: string[] = [];
    const other = remoteView({
      uid: "old" as RemoteUid,
      scope: { projects: [firstChoice("a"), firstChoice("b")], registries: [] },
    });
    await draft.connect([other], (uid) => made.push(uid));
    return { draft, done, made };
  };

  it("sends nothing that wasn't chosen, and begins the first round [S1]", async () => {
    const { done, made } = await connect({}, []);
    expect(done).toEqual([
      {
        target: { hubUrl: HUB_URL, type: "space", repo: "ada/x" },
        create: null,
        pullOnly: false,
        scope: { projects: [], registries: [] },
      },
      ["sync", "made"],
    ]);
    expect(made).toEqual(["made"]);
  });

  it("makes a private repository where there is none", async () => {
    const { done } = await connect({ report: { ...GOOD, exists: false } }, ["c"]);
    expect(done[0]).toMatchObject({ create: { isPrivate: true } });
  });

  it("takes a project away from where it syncs, before [S3]", async () => {
    const { done } = await connect({}, ["a"]);
    expect(done[0]).toEqual(["old", ["b"]]);
    expect(done[1]).toMatchObject({ scope: { projects: [{ name: "a" }] } });
  });

  it("gives it back when connecting went wrong, and says so", async () => {
    const { draft, done, made } = await connect({ fails: true }, ["a"]);
    expect(done.at(-1)).toEqual(["old", ["a", "b"]]);
    expect(draft.connecting.problem.value?.code).toBe("internal");
    expect(made).toEqual([]);
  });
});
