// Browsers that sync with one repository on the test hub, each with a database of its own.
import { ulid } from "ulid";
import type { ProjectName } from "../../src/core/names.ts";
import type { RegistryUid } from "../../src/core/registry/records.ts";
import type { RemoteTarget, RemoteUid, SyncedProject } from "../../src/core/sync/remote.ts";
import type { DeviceId, SharedProject } from "../../src/core/sync/shared.ts";
import { stateText } from "../../src/core/sync/snapshot.ts";
import { createHub } from "../../src/hub/create-hub.ts";
import type { StoreApi } from "../../src/protocol/store-api.ts";
import { readShared, SHARED_STORES } from "../../src/service/sync/shared-state.ts";
import type { RemoteRecord } from "../../src/store/sync-records.ts";
import { withRead } from "../../src/store/transaction.ts";
import type { SyncCtx } from "../../src/sync/context.ts";
import { createRemote } from "../../src/sync/create-remote.ts";
import { createMeter, type Meter } from "../../src/sync/meter.ts";
import { runRound, type RoundOutcome } from "../../src/sync/round.ts";
import type { TestHub } from "../hub/client.ts";
import { openHarness } from "../support/service-harness.ts";
import { remoteRow } from "../support/remote-row.ts";

export const NEVER = new AbortController().signal;

export interface Device {
  readonly name: string;
  readonly sync: SyncCtx;
  readonly api: StoreApi;
  readonly remote: RemoteUid;
  /** Syncs, from beginning to end. */
  round(signal?: AbortSignal): Promise<RoundOutcome>;
  row(): Promise<RemoteRecord>;
  change(fields: Partial<RemoteRecord>): Promise<void>;
  /** What it has of a project. */
  state(project: string): Promise<SharedProject>;
  /** The same as a text; equal ones are equal states. */
  text(project: string): Promise<string>;
  close(): void;
}

export interface DeviceOptions {
  /** Of its database: the same one is the same browser, opened again. */
  readonly name?: string;
  readonly projects?: readonly (string | (Pick<SyncedProject, "never"> & { name: string }))[];
  readonly registries?: readonly RegistryUid[];
  readonly pullOnly?: boolean;
  readonly token?: string | null;
  readonly random?: () => number;
  readonly onStep?: (step: string) => Promise<void>;
  readonly limits?: SyncCtx["limits"];
  /** For the hub's answers. */
  readonly firstByteMs?: number;
}

/** A repository that is there and empty, but for what the hub puts into it. */
export async function makeRepo(
  hub: TestHub,
  type: RemoteTarget["type"] = "dataset",
): Promise<RemoteTarget> {
  const target: RemoteTarget = { hubUrl: hub.url, type, repo: `ada/${ulid().toLowerCase()}` };
  const client = createHub({ target, token: () => "hf_ada", pace: { retryMs: 1 } });
  await client.createRepo(false, NEVER);
  return target;
}

/** Opens a browser that is connected to a repository. */
export async function openDevice(
  target: RemoteTarget,
  options: DeviceOptions = {},
): Promise<Device> {
  const { name = ulid(), projects = ["digits"], token = "hf_ada", random = () => 0.5 } = options;
  const harness = await openHarness(name);
  const { firstByteMs } = options;
  const sync: SyncCtx = {
    ...harness.ctx,
    openHub: (to) =>
      createHub({
        target: to,
        token: () => token,
        pace: { retryMs: 1, ...(firstByteMs !== undefined && { firstByteMs }) },
      }),
    platform: `device ${name}`,
    isOnline: () => true,
    sleep: () => Promise.resolve(),
    random,
    tell: () => undefined,
    ...(options.onStep !== undefined && { onStep: options.onStep }),
    ...(options.limits !== undefined && { limits: options.limits }),
  };
  // Set once there is a context to make it of; the harness's own is what its service reads.
  Object.assign(harness.ctx, { remote: createRemote(sync) });
  Object.assign(sync, { remote: harness.ctx.remote });
  const known = (await sync.db.getAll("remotes"))[0];
  const remote = known?.uid ?? (ulid() as RemoteUid);
  if (known === undefined)
    await sync.db.put(
      "remotes",
      remoteRow({
        ...target,
        uid: remote,
        device: ulid() as DeviceId,
        pullOnly: options.pullOnly ?? false,
        scope: { projects: projects.map(scoped), registries: options.registries ?? [] },
      }),
    );
  const row = async (): Promise<RemoteRecord> => {
    const found = await sync.db.get("remotes", remote);
    if (found === undefined) throw new Error("the remote's row is gone");
    return found;
  };
  const state = async (project: string): Promise<SharedProject> => {
    const { device } = await row();
    return withRead(sync.db, [...SHARED_STORES], (tx) =>
      readShared(tx, { project: project as ProjectName, device, never: new Set() }),
    );
  };
  return {
    name,
    sync,
    api: harness.api,
    remote,
    round: (signal = new AbortController().signal) => {
      return runRound(sync, remote, silent(), signal);
    },
    row,
    change: async (fields) => void (await sync.db.put("remotes", { ...(await row()), ...fields })),
    state,
    text: async (project) => stateText(await state(project)),
    close: () => harness.close(),
  };
}

/** A meter that tells nobody. */
export function silent(): Meter {
  return createMeter(
    () => undefined,
    () => performance.now(),
  );
}

function scoped(project: NonNullable<DeviceOptions["projects"]>[number]): SyncedProject {
  const { name, never } = typeof project === "string" ? { name: project, never: [] } : project;
  return { name: name as ProjectName, keepLocal: false, never };
}
