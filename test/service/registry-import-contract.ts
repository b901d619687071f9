// A registry's log brought in from a file: what comes, what stays, what is refused; against any IndexedDB.
import { describe, expect, test } from "vitest";
import { eventText, signedText } from "../../src/core/registry/event-text.ts";
import { append } from "../../src/service/registry/append.ts";
import { REGISTRY_STORES } from "../../src/service/registry/read-registry.ts";
import { sign } from "../../src/service/registry/signing.ts";
import { withWrite } from "../../src/store/transaction.ts";
import { Dice } from "../model/dice.ts";
import { linkNew } from "../model/registry-people.ts";
import { dump } from "../support/dump.ts";
import { codeOf, refusalOf } from "../support/errors.ts";
import {
  actAs,
  aRegistry,
  type Actor,
  cardOf,
  makePerson,
  openActor,
  readLog,
  readRegistry,
} from "../support/registry-actors.ts";
import {
  headOf,
  holders,
  link,
  NET,
  openThree,
  put,
  send,
  unlink,
} from "../support/registry-logs.ts";
import { openHarness } from "../support/service-harness.ts";

export function registryImportContract(): void {
  describe("bringing in", () => {
    test("[E3] new, same, forward and older are what they are, and tell everybody", async () => {
      const [ada, ben] = await openThree();
      expect(await send(ada, ben)).toMatchObject({ kind: "same", incoming: 0 });
      await link(ada);
      const file = await ada.api.exportRegistry("models");
      expect(await ben.api.planImport(file)).toMatchObject({ kind: "forward", incoming: 2 });
      const told = ben.notices.length;
      expect(await ben.api.importRegistry(file, null)).toMatchObject({
        kind: "forward",
        dropped: [],
      });
      expect(ben.notices.slice(told)).toEqual([{ kind: "registry-changed", registry: "models" }]);
      expect(await headOf(ben)).toBe(await headOf(ada));
      await link(ben);
      expect(await send(ada, ben)).toMatchObject({ kind: "older", incoming: 0 });
    });

    test("[E3] nobody begins a log under the id of another's registry, where that isn't known yet", async () => {
      const [ada] = await openThree();
      const [mal, eve] = [await openActor("Mal"), await openActor("Eve")];
      await usurp(ada, mal);
      expect(await refusalOf(send(mal, eve))).toMatchObject({
        code: "invalid_log",
        data: { line: 2 },
      });
      expect(await send(ada, eve)).toMatchObject({ kind: "new", incoming: 4 });
    });

    test("[N1] another registry of that name needs a name of its own, and keeps it", async () => {
      const [ada] = await openThree();
      const dan = await openActor("Dan");
      await dan.api.createRegistry(aRegistry());
      const before = await dump(dan.ctx.db);
      expect(await codeOf(send(ada, dan))).toBe("already_exists");
      expect(await dump(dan.ctx.db)).toEqual(before);
      const file = await ada.api.exportRegistry("models");
      expect(await codeOf(dan.api.importRegistry(file, "a b"))).toBe("invalid_name");
      expect((await dan.api.importRegistry(file, "theirs")).name).toBe("theirs");
      await link(ada);
      expect(await send(ada, dan)).toMatchObject({ name: "theirs", kind: "forward" });
    });

    test("[E3 S4] own work is signed again behind theirs: ids and versions stay, numbers follow", async () => {
      const [ada, ben] = await openThree();
      await link(ada);
      await send(ada, ben);
      await link(ada);
      await put(ben, "best", await link(ben));
      const { best } = await holders(ben);
      const ids = (await readLog(ben, "models")).slice(-2).map(({ event }) => event.uid);
      const done = await send(ada, ben);
      expect(done).toMatchObject({ kind: "rebase", incoming: 1, replayed: 2, dropped: [] });
      const log = await readLog(ben, "models");
      expect(log.slice(-2).map(({ event }) => event.uid)).toEqual(ids);
      expect(log.at(-1)?.event.act).toMatchObject({ alias: "best", after: 2 });
      expect(await holders(ben)).toEqual({ best });
      expect((await ben.api.verifyRegistry("models")).faults).toEqual([]);
      expect(await send(ben, ada)).toMatchObject({ kind: "forward" });
      expect(await headOf(ada)).toBe(await headOf(ben));
    });

    test("[G5 S4] what both did is done once; what isn't allowed any more is said", async () => {
      const [ada, , cyd] = await openThree();
      const same = linkNew(new Dice(77), undefined, NET);
      await append(ada.ctx, "models", () => same);
      await append(cyd.ctx, "models", () => same);
      await link(cyd);
      await ada.api.changeMember("models", cyd.me.key, { role: "viewer" });
      const { replayed, dropped } = await send(ada, cyd);
      expect([replayed, dropped.length]).toEqual([0, 1]);
      expect(dropped[0]).toMatch(
        /^“digits\/w\d+-0:v0”, linked to “registry-models\/net”: You are Viewer/,
      );
      expect(await headOf(cyd)).toBe(await headOf(ada));
    });

    test("[E3] others' events that the file lacks are not lost: it names who must bring it in first", async () => {
      const [ada, ben, cyd] = await openThree();
      await link(cyd);
      await send(cyd, ben);
      await link(ada);
      const before = await dump(ben.ctx.db);
      expect(await refusalOf(send(ada, ben))).toEqual({
        code: "log_forked",
        data: { registry: "models", split: 4, signers: ["Cyd"] },
      });
      expect(await dump(ben.ctx.db)).toEqual(before);
      expect((await send(ada, cyd)).kind).toBe("rebase");
      expect((await send(cyd, ben)).kind).toBe("rebase");
      expect(await headOf(ben)).toBe(await headOf(cyd));
    });

    test("[E3] two devices that hold the same in another order choose the same one", async () => {
      const [ada, ben] = await openThree();
      await link(ada);
      await link(ben);
      const cross = async (): Promise<readonly string[]> => {
        const [fromAda, fromBen] = await Promise.all([
          ada.api.exportRegistry("models"),
          ben.api.exportRegistry("models"),
        ]);
        const done = [
          await ada.api.importRegistry(fromBen, null),
          await ben.api.importRegistry(fromAda, null),
        ];
        return done.map(({ kind }) => kind).toSorted();
      };
      expect(await cross()).toEqual(["rebase", "rebase"]);
      expect(await headOf(ada)).not.toBe(await headOf(ben));
      expect(await cross()).toEqual(["rebase", "same"]);
      expect(await headOf(ada)).toBe(await headOf(ben));
    });

    test("[V4 V5] two tabs at once bring it in once, and an act meanwhile isn't lost", async () => {
      const [ada, ben] = await openThree();
      await link(ada);
      await link(ada);
      const tab = await openHarness(ben.ctx.db.name);
      const file = await ada.api.exportRegistry("models");
      await Promise.all([
        ben.api.importRegistry(file, null),
        tab.api.importRegistry(file, null),
        link(ben),
      ]);
      const { state, fold, record } = await readRegistry(ben, "models");
      expect(state.collections.get(NET)?.links.size).toBe(3);
      expect([fold.faults.size, fold.seq, (await readLog(ben, "models")).length]).toEqual([
        0,
        record.seq,
        record.seq + 1,
      ]);
    });
  });

  describe("rights that were lost", () => {
    test("[E3 P8] nobody goes on from where they had more: neither demoted people, nor round a new protection", async () => {
      const [ada, ben, cyd] = await openThree();
      await put(ada, "stable", await link(ada));
      await send(ada, ben);
      await send(ada, cyd);
      await put(cyd, "stable", await link(cyd));
      await ada.api.addProtection("models", "stable", "");
      const before = await holders(ada);
      expect(await codeOf(send(cyd, ada))).toBe("invalid_log");
      expect(await holders(ada)).toEqual(before);
      await ben.api.addMember("models", cardOf(await makePerson("Mal")), "admin");
      await ada.api.changeMember("models", ben.me.key, { role: "member" });
      const problem = await refusalOf(send(ben, ada));
      expect(problem).toMatchObject({ code: "invalid_log", data: { line: 9 } });
      expect(JSON.stringify(problem.data)).toContain("“Ben” has no right to this by now");
      // The way out: their own device takes the log first, and says what is left.
      expect((await send(ada, cyd)).dropped).toHaveLength(1);
      expect((await send(cyd, ada)).kind).toBe("forward");
      expect(await holders(ada)).toEqual(before);
    });

    test("[E3 P3] no Member pushes a protected alias off by what was allowed before it was put there", async () => {
      const [ada, ben, cyd] = await openThree();
      const number = await link(ada);
      await send(ada, cyd);
      await send(ada, ben);
      await unlink(cyd, number);
      await put(ada, "prod", number);
      const before = await holders(ada);
      const problem = await refusalOf(send(cyd, ada));
      expect(problem.code).toBe("invalid_log");
      expect(JSON.stringify(problem.data)).toContain("no Admin did that");
      expect(await holders(ada)).toEqual(before);
      // An Admin may.
      await unlink(ben, number);
      expect((await send(ben, ada)).dropped).toHaveLength(1);
      expect(await holders(ada)).toEqual({});
    });

    test("[E3] who lost rights can't take back what they did with them", async () => {
      const [ada, ben, cyd] = await openThree();
      const mal = await makePerson("Mal");
      await ben.api.addMember("models", cardOf(mal), "viewer");
      await send(ben, ada);
      await ada.api.changeMember("models", ben.me.key, { role: "viewer" });
      // Cyd never saw Mal, and Ben seals Cyd's log as if he hadn't either.
      await link(cyd);
      const accomplice = await openActor("Eve");
      await send(cyd, accomplice);
      await actAs(accomplice, ben.me);
      expect(await refusalOf(send(accomplice, ada))).toMatchObject({
        code: "log_forked",
        data: { signers: ["Ben"] },
      });
    });

    test("[E3] who still has them can: what the sealer of a file dropped holds up nobody", async () => {
      const [ada, ben, cyd] = await openThree();
      await link(ben);
      await send(ben, ada);
      // Ben's device is set up anew, from Cyd's log.
      await link(cyd);
      const fresh = await openActor("Ben");
      await actAs(fresh, ben.me);
      await send(cyd, fresh);
      expect(await codeOf(send(cyd, ada))).toBe("log_forked");
      expect(await send(fresh, ada)).toMatchObject({ kind: "rebase", replayed: 0 });
      expect(await headOf(ada)).toBe(await headOf(cyd));
    });
  });
}

/** Makes a log of somebody's own, sound but for the id, which is that of another's registry. */
async function usurp(owner: Actor, usurper: Actor): Promise<void> {
  const { record } = await readRegistry(owner, "models");
  const [first] = await readLog(owner, "models");
  if (first === undefined) throw new Error("the log is empty");
  const unsigned = { ...first.event, actor: usurper.me.key };
  const signature = await sign(usurper.me.privateKey, signedText(unsigned));
  const event = { ...unsigned, signature };
  const head = usurper.ctx.hasher.hashText([eventText(event)]);
  await withWrite(usurper.ctx.db, [...REGISTRY_STORES], async (tx) => {
    const row = { event, digest: head, isSigned: true };
    await tx.objectStore("registryEvents").put(row, [record.uid, 0]);
    await tx.objectStore("registries").put({ ...record, seq: 0, head });
  });
}
