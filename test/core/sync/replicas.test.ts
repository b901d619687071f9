// Several devices, any work in any order, one agreed outcome [S3 S4 S5].
import fc from "fast-check";
import { expect, test } from "vitest";
import { foldRounds } from "../../../src/core/sync/rebuild.ts";
import { stateText } from "../../../src/core/sync/snapshot.ts";
import { Device, homesOf, HubInMemory } from "./hub-in-memory.ts";
import { Happenings } from "./local-copy.ts";
import { PROJECT } from "./world.ts";

const any = fc.nat({ max: 1000 });
const step = fc.record({
  who: fc.nat({ max: 2 }),
  does: fc.oneof(
    { weight: 5, arbitrary: fc.record({ act: any, a: any, b: any }) },
    { weight: 2, arbitrary: fc.constantFrom("pull", "push") },
  ),
});

test("three devices end with the same, with nothing lost, and the log tells it all", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80, size: "max" }), (steps) => {
      const hub = new HubInMemory();
      const happenings = new Happenings();
      const devices = ["ANN", "BO", "CY"].map((name) => new Device(name, hub, happenings));
      for (const { who, does } of steps) {
        const device = devices[who];
        if (does === "pull") device?.pull();
        else if (does === "push") device?.push();
        else device?.local.act(does.act, does.a, does.b);
      }
      settle(devices);

      const text = stateText(hub.state);
      for (const { local, pending } of devices) {
        expect(stateText(local.state)).toBe(text);
        expect(pending).toEqual([]);
      }
      checkVersions(hub, happenings);
      const rounds = [...hub.log.toReversed(), ...hub.log.slice(1)];
      const folded = foldRounds(rounds).get(PROJECT);
      expect(hub.log.length === 0 || (folded !== undefined && stateText(folded) === text)).toBe(
        true,
      );
    }),
    { numRuns: 120 },
  );
});

/** Each in turn, until nobody has anything to say: twice is enough. */
function settle(devices: readonly Device[]): void {
  for (let i = 0; i < 2; i++)
    for (const device of devices) {
      device.pull();
      expect(device.push()).toBe(true);
    }
  for (const device of devices) device.pull();
}

/** Each id that was ever logged names one version with its content, live unless somebody deleted that. */
function checkVersions(hub: HubInMemory, { logged, deleted }: Happenings): void {
  for (const [uid, content] of logged) {
    const [version, ...more] = homesOf(hub.state, uid);
    expect(more).toEqual([]);
    expect(version?.digest).toBe(content);
    const ids: readonly string[] = version === undefined ? [] : [version.uid, ...version.twins];
    const isMeant = ids.some((id) => deleted.has(id));
    expect(isMeant || version?.deleted === null).toBe(true);
  }
}
