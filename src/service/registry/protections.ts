// Which aliases of a registry are protected, and what a version must bring for them [P1 P5].
import { CairnError } from "../../core/errors.ts";
import { formatCondition, parseCondition } from "../../core/registry/condition.ts";
import { parsePattern } from "../../core/registry/names.ts";
import type { AliasPattern } from "../../core/registry/records.ts";
import type { Protection, RegistryState } from "../../core/registry/state.ts";
import type { Ctx } from "../context.ts";
import { append } from "./append.ts";

/**
 * Protects a name or pattern from now on, where it is held already too [P5].
 *
 * @throws CairnError `alias_reserved`, `invalid_name`, `invalid_text`, `already_exists`, `not_permitted`
 */
export async function addProtection(
  ctx: Ctx,
  registry: string,
  text: string,
  conditionText: string,
): Promise<void> {
  const pattern = parsePattern(text);
  const condition = parseCondition(conditionText);
  await append(ctx, registry, () => [{ kind: "protection-added", pattern, condition }]);
}

/** Changes what a version must bring; one that holds the alias already keeps it. */
export async function changeProtection(
  ctx: Ctx,
  registry: string,
  pattern: string,
  conditionText: string,
): Promise<void> {
  const after = parseCondition(conditionText);
  await append(ctx, registry, ({ state }) => {
    const protection = getProtection(state, pattern);
    const before = protection.condition;
    if (formatCondition(before) === formatCondition(after)) return [];
    return [{ kind: "protection-changed", pattern: protection.pattern, before, after }];
  });
}

/** Protects a name no longer; aliases of that name stay where they are [P5]. */
export async function removeProtection(ctx: Ctx, registry: string, text: string): Promise<void> {
  await append(ctx, registry, ({ state }) => {
    const { pattern, condition } = getProtection(state, text);
    return [{ kind: "protection-removed", pattern, before: condition }];
  });
}

function getProtection(state: RegistryState, pattern: string): Protection {
  const protection = state.protections.get(pattern as AliasPattern);
  if (protection === undefined)
    throw new CairnError("not_found", { what: "protected alias", name: pattern });
  return protection;
}
