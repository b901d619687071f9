// What bringing in a registry's file would do, in words.
import { showHidden } from "../../../core/errors.ts";
import type { ImportPlan, LogVerdict } from "../../../protocol/registry-log-api.ts";
import { formatCount } from "../../parts/format.ts";

/** One finding about a file. */
export interface ImportFact {
  readonly text: string;
  readonly isGood: boolean;
}

/** Whether pressing the button would change anything. */
export function bringsSomething({ kind }: ImportPlan): boolean {
  return kind === "new" || kind === "forward" || kind === "rebase";
}

/** What would happen to this browser's registry. */
export function describePlan({ kind, incoming, replayed, name }: ImportPlan): string {
  const registry = `“${showHidden(name)}”`;
  const events = formatCount(incoming, "event");
  switch (kind) {
    case "new":
      return `This registry is not in this browser yet: it comes with ${events}.`;
    case "same":
      return `${registry} is here with exactly this log. There is nothing to bring in.`;
    case "older":
      return `${registry} is here with all of this and more. There is nothing to bring in.`;
    case "forward":
      return `It goes on where ${registry} stands here: ${events} ${incoming === 1 ? "comes" : "come"}.`;
    case "rebase":
      return `${registry} went on both here and there: ${events} ${incoming === 1 ? "comes" : "come"}, and ${formatCount(replayed, "event")} of yours ${replayed === 1 ? "is" : "are"} signed again behind them.`;
  }
}

/** What checking the file found: its signatures, its faults, its seal. */
export function verdictFacts({ events, faults, seal }: LogVerdict): readonly ImportFact[] {
  const checked: ImportFact =
    faults.length === 0
      ? {
          text: `${formatCount(events, "event")}, each signed, allowed, and following the one before.`,
          isGood: true,
        }
      : {
          text: `${formatCount(faults.length, "event")} of ${events.toLocaleString("en")} ${faults.length === 1 ? "has" : "have"} no effect.`,
          isGood: false,
        };
  return [checked, sealFact(seal)];
}

function sealFact(seal: LogVerdict["seal"]): ImportFact {
  if (seal === null)
    return { text: "No seal says where it ends: later events may be missing.", isGood: false };
  const by = `“${showHidden(seal.byName)}”`;
  return seal.isRight
    ? { text: `Sealed by ${by}, up to its last event.`, isGood: true }
    : { text: `The seal of ${by} doesn't fit: the file was changed or cut.`, isGood: false };
}
