// The second half of a round: what is here and not there, in one commit.
import { CairnError } from "../core/errors.ts";
import type { SharedOp } from "../core/sync/ops.ts";
import { reservation, sendParts } from "./big-version.ts";
import { isBytesLost } from "./bytes-lost.ts";
import {
  chooseVersions,
  leaveHere,
  type Chosen,
  type ChosenVersion,
  type WantedVersion,
} from "./choose-versions.ts";
import { commitRound } from "./commit-round.ts";
import type { ProjectChange, RoundContent } from "./draft-round.ts";
import { withoutVersions } from "./hold-back.ts";
import { withSender, type Sender } from "./head-start.ts";
import { withPins, type Pins } from "./pins.ts";
import { keepsNumbers, planProjects, stateAfter, type ProjectPlan } from "./plan-push.ts";
import type { Pulled } from "./pull-round.ts";
import { failureOf } from "./retry.ts";
import { tookUp, type Run, type SendingRun } from "./round-run.ts";
import type { Lost } from "./send-commit.ts";
import { planRegistries } from "./sync-registries.ts";
import { takeIn } from "./take-in.ts";
import { newlyHeld } from "./tombstones.ts";
import { sendByXet } from "./xet-fallback.ts";

/** How a push ended: there was nothing, all is there, a part of it is, or it has to begin again. */
export type PushEnd = "nothing" | "all" | "more" | Lost;

/** Fewest pointers tried in one commit, after the hub refused more for too much. */
const FEWEST_POINTERS = 10;
/** How often the hub may lack bytes that it said to have: the second time they go through Xet. */
const MOST_MISSING = 3;
/** How often one number is asked for in a round. */
const MOST_PROMISES = 5;

const NO_REGISTRIES: RoundContent["registries"] = { ops: [], registries: new Map() };

/** Pushes what one commit takes. Throws as `runRound` does. */
export async function pushRound(run: Run, pulled: Pulled): Promise<PushEnd> {
  await run.step("plan");
  const { row, head, problems } = pulled;
  const plans = await planProjects(run, row);
  for (const plan of plans) if (await renumber(run, pulled, plan)) return "more";
  const registries = await planRegistries(run.sync, row, head.index, problems);
  if (plans.length === 0 && registries.registries.size === 0 && head.rebuilt === null)
    return "nothing";
  const push = async (pins: Pins, sender: Sender): Promise<PushEnd> => {
    const chosen = await chooseVersions(run, plans.flatMap(wantedOf), pins, sender);
    try {
      return await pushChosen({ ...run, sender }, pulled, plans, chosen, registries);
    } catch (error) {
      await sender.stop();
      await recover(run, chosen, error);
      return "more";
    }
  };
  const { sync, hub, meter, signal } = run;
  // What is on its way stays pinned until it has stopped.
  return withPins(sync, (pins) =>
    withSender({ sync, remote: row, hub, meter }, signal, (sender) => push(pins, sender)),
  );
}

async function pushChosen(
  run: SendingRun,
  pulled: Pulled,
  plans: readonly ProjectPlan[],
  chosen: Chosen,
  registries: RoundContent["registries"],
): Promise<PushEnd> {
  const { row, head } = pulled;
  const heldBack = new Set(chosen.heldBack);
  let { prepared } = chosen;
  if (chosen.big !== null) {
    const rest = await pushBig(run, pulled, plans, chosen.big);
    if (!isVersion(rest)) return rest;
    prepared = [rest];
    heldBack.delete(rest.of.version.uid);
  }
  const changes = plans.flatMap((plan) => {
    const change = changeOf(plan, withoutVersions(plan.ops, heldBack));
    // What leads nowhere would be said again and again, in a commit each time.
    return change.after === plan.base ? [] : [change];
  });
  // What is left stays here since its bytes can't be had.
  if (changes.length === 0 && registries.registries.size === 0 && head.rebuilt === null)
    return "nothing";
  checkNumbers(changes, prepared);
  const end = await commitRound(run, row, head, { changes, prepared, registries });
  if (end !== "done") return end;
  return chosen.isFull ? "more" : "all";
}

/** Promises a big version its number, or sends files of it, or says what of it goes with a round. */
async function pushBig(
  run: SendingRun,
  { row, head }: Pulled,
  plans: readonly ProjectPlan[],
  big: ChosenVersion,
): Promise<ChosenVersion | "more" | Lost> {
  const plan = plans.find(({ name }) => name === big.of.project);
  const promise = plan === undefined ? null : reservation(plan, big);
  if (plan === undefined || promise === null) return sendParts(run, row, head, big);
  const { uid } = big.of.version;
  const asked = run.mood.promised.get(uid) ?? 0;
  // A hub that lets two commit at once loses a promise, now and then, until its log is read.
  if (asked === MOST_PROMISES) throw tookUp(run.label);
  const changes = [changeOf(plan, promise)];
  const content = { changes, prepared: [], registries: NO_REGISTRIES };
  const end = await commitRound(run, row, head, content);
  if (end !== "done") return end;
  run.mood.promised.set(uid, asked + 1);
  return "more";
}

function isVersion(rest: ChosenVersion | "more" | Lost): rest is ChosenVersion {
  return typeof rest === "object" && "manifest" in rest;
}

/** Has the tables say the numbers that the remote will give, where they are others. Answers whether they were. */
async function renumber(run: Run, { row, head }: Pulled, plan: ProjectPlan): Promise<boolean> {
  const { name, never, base, kept, ops } = plan;
  if (kept === undefined || head.commit === null) return false;
  if (keepsNumbers(ops, stateAfter(plan))) return false;
  await takeIn(run, row, head.commit, { name, never, base, state: base, agreed: kept });
  return true;
}

function wantedOf(plan: ProjectPlan): readonly WantedVersion[] {
  return newlyHeld(plan.base, stateAfter(plan))
    .map((found) => ({ ...found, project: plan.name }))
    .toSorted((a, b) => a.version.number - b.version.number);
}

function changeOf(plan: ProjectPlan, ops: readonly SharedOp[]): ProjectChange {
  return { plan, ops, after: stateAfter({ base: plan.base, ops }) };
}

/** A version's files must go to the folder of the number that it gets. */
function checkNumbers(changes: readonly ProjectChange[], prepared: readonly ChosenVersion[]): void {
  for (const { of, manifest } of prepared) {
    const change = changes.find(({ plan }) => plan.name === of.project);
    const version = change?.after.artifacts.get(of.name)?.versions.get(manifest.uid);
    if (version?.number !== manifest.number)
      throw new CairnError("internal", { reason: `${of.name} was prepared with another number` });
  }
}

/** Changes what the next try does, after a failure that it can help. Throws all others. */
async function recover(run: Run, chosen: Chosen, error: unknown): Promise<void> {
  const { mood } = run;
  if (isBytesLost(error)) {
    const { digest } = error.data;
    const holders = [...chosen.prepared, ...(chosen.big === null ? [] : [chosen.big])].filter(
      ({ manifest }) => manifest.files.some((file) => file.digest === digest),
    );
    if (holders.length === 0) throw error;
    for (const { of } of holders) leaveHere(run, of);
    return;
  }
  const failure = failureOf(error);
  if (failure === "too_large" && mood.limits.pointers > FEWEST_POINTERS) {
    const { pointers, inlineBytes, uploadBytes } = mood.limits;
    mood.limits = {
      pointers: Math.ceil(pointers / 2),
      inlineBytes: inlineBytes / 2,
      uploadBytes: uploadBytes / 2,
    };
    return;
  }
  if (failure !== "missing_object" && failure !== "needs_xet") throw error;
  mood.missingObjects += 1;
  if (mood.missingObjects > MOST_MISSING) throw error;
  const isForXet = failure === "needs_xet" || mood.missingObjects > 1;
  const versions = [...chosen.prepared, ...(chosen.big === null ? [] : [chosen.big])];
  if (isForXet)
    await sendByXet(
      run,
      versions.flatMap(({ objects }) => objects),
    );
}
