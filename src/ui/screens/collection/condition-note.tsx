// A protected alias' condition, line by line, and why a version doesn't meet it.
import type { JSX } from "preact";
import { CircleCheck, CircleX } from "lucide";
import { showHidden } from "../../../core/errors.ts";
import { formatCondition } from "../../../core/registry/condition.ts";
import type { PromotionPlan } from "../../../protocol/registry-link-api.ts";
import { Icon } from "../../parts/icon.tsx";

export function ConditionNote({
  plan: { condition, unmet },
}: {
  readonly plan: Pick<PromotionPlan, "condition" | "unmet">;
}): JSX.Element | null {
  if (condition === null) return null;
  const isMet = unmet.length === 0;
  return (
    <section class={`condition-note${isMet ? "" : " is-unmet"}`} aria-label="Condition">
      <p>
        <Icon icon={isMet ? CircleCheck : CircleX} />
        {isMet ? "It meets the condition:" : "It doesn't meet the condition:"}
      </p>
      <pre>{showLines(formatCondition(condition))}</pre>
      {!isMet && (
        <ul>
          {unmet.map((reason) => (
            <li key={reason}>{showHidden(reason)}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function showLines(text: string): string {
  return text.split("\n").map(showHidden).join("\n");
}
