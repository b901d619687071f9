// The index made anew from the log of rounds, when a hub let two devices commit at once and one lost the other's work.
import type { ProjectName } from "../core/names.ts";
import { readRound } from "../core/sync/file-texts.ts";
import type { RemoteDevice, RemoteIndex, RemoteProject, RoundFile } from "../core/sync/files.ts";
import { LOG_FOLDER } from "../core/sync/layout.ts";
import { foldRounds } from "../core/sync/rebuild.ts";
import type { DeviceId, SharedProject } from "../core/sync/shared.ts";
import { snapshotFiles } from "../core/sync/snapshot.ts";
import type { CommitOid } from "../hub/hub.ts";
import type { Hasher } from "../hash/hasher.ts";
import { inLanes } from "../service/care/lanes.ts";
import type { RemoteHead } from "./remote-head.ts";
import { invalidRemote, READ_LANES, type Run } from "./round-run.ts";

/** What the log of rounds comes to. */
export interface Rebuilt {
  readonly states: ReadonlyMap<ProjectName, SharedProject>;
  readonly rounds: readonly RoundFile[];
}

/** A round's file, by what its name says. */
export interface LoggedRound {
  readonly path: string;
  readonly device: DeviceId;
}

const ROUND_NAME = /\/\d{8,}-([^/-]+)-[^/-]+(\.lfs)?\.json$/;

/** The rounds in the log at a commit, as their names say; nothing is read. */
export async function listLog(run: Run, commit: CommitOid): Promise<readonly LoggedRound[]> {
  await run.step("list-log");
  const found: LoggedRound[] = [];
  for await (const { path, type } of run.hub.list(commit, LOG_FOLDER, run.signal)) {
    const device = ROUND_NAME.exec(path)?.[1];
    if (type === "file" && device !== undefined) found.push({ path, device: device as DeviceId });
  }
  return found;
}

/** The same head with what its log says in place of what its index says. Throws `invalid_remote`. */
export async function rebuildHead(
  run: Run,
  head: RemoteHead,
  commit: CommitOid,
  log: readonly LoggedRound[],
): Promise<RemoteHead> {
  await run.step("read-log");
  run.meter.step("checking", { files: log.length, bytes: 0 });
  const rounds: RoundFile[] = [];
  await inLanes(READ_LANES, log, async ({ path }) => {
    const text = await run.hub.readText(commit, path, run.signal);
    if (text === null) throw invalidRemote(run, path, "it is listed and can't be read");
    rounds.push(readRound(text, path, run.label));
    run.meter.addFiles(1);
  });
  rounds.sort((a, b) => a.seq - b.seq || (a.uid < b.uid ? -1 : 1));
  const states = foldRounds(rounds);
  return {
    ...head,
    index: {
      seq: Math.max(head.index.seq, ...rounds.map(({ seq }) => seq)),
      devices: devicesOf(rounds),
      projects: new Map(
        [...states].map(([name, state]) => [name, listProject(run.sync.hasher, state)]),
      ),
      registries: head.index.registries,
    } satisfies RemoteIndex,
    rebuilt: { states, rounds },
  };
}

function devicesOf(rounds: readonly RoundFile[]): ReadonlyMap<DeviceId, RemoteDevice> {
  const devices = new Map<DeviceId, RemoteDevice>();
  for (const { device, deviceName, round, uid, at } of rounds) {
    if ((devices.get(device)?.rounds ?? 0) > round) continue;
    devices.set(device, { name: deviceName, rounds: round, last: uid, lastAt: at });
  }
  return devices;
}

/** What an index says of a project. */
function listProject(hasher: Hasher, state: SharedProject): RemoteProject {
  const texts = [...snapshotFiles(state)];
  return {
    createdAt: state.createdAt,
    deletedAt: state.deletedAt,
    files: new Map(texts.map(([file, text]) => [file, hasher.hashText([text])])),
  };
}
