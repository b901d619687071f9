// Why an event has no effect, in a sentence about whoever signed it.
import { assertNever } from "../../core/brand.ts";
import { describeError, type Problem } from "../../core/errors.ts";
import type { EventFault } from "../../core/registry/state.ts";

/** @param actor what its actor was called */
export function describeFault(fault: EventFault, actor: string): string {
  switch (fault.kind) {
    case "signature":
      return `It is not what ${actor} signed.`;
    case "chain":
      return "It doesn't follow the event in front: something was left out, put in, or moved.";
    case "time":
      return "It says that it happened before the event in front.";
    case "malformed":
      return `This Cairn can't read it: ${fault.reason}.`;
    case "stale":
      return `It came too late, or says what wasn't so: ${fault.reason}.`;
    case "rule":
      return describeRefusal(fault.problem, actor);
    default:
      return assertNever(fault);
  }
}

/** As `describeError`, which speaks to the one who was refused. */
function describeRefusal(problem: Problem, actor: string): string {
  switch (problem.code) {
    case "not_permitted": {
      const { act, role, needed } = problem.data;
      return `${actor} was ${role}, and to ${act}, one needs to be ${needed}.`;
    }
    case "alias_protected": {
      const { alias, act, role } = problem.data;
      return `${actor} was ${role}, and only an Admin may ${act} the protected alias “${alias}”.`;
    }
    case "protected_held": {
      const { name, act, held } = problem.data;
      return `“${name}” held ${held.map((alias) => `“${alias}”`).join(", ")}, so only an Admin might ${act} it.`;
    }
    default:
      return describeError(problem);
  }
}
