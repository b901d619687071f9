// Why versions can't be unlinked with a delete, registry by registry [P3 P4 P7].
import { showHidden } from "../../../core/errors.ts";
import { mayDo, type Role } from "../../../core/registry/roles.ts";
import type { DeleteImpact } from "../../../protocol/trash-api.ts";
import { describeList } from "../../state/describe-list.ts";

export interface Obstacle {
  readonly registry: string;
  /** In a sentence. */
  readonly reason: string;
  /** Whether somebody of that role can take it out of the way. */
  readonly able: (role: Role) => boolean;
}

/** What stands in the way of unlinking all of them; nothing where all can be. */
export function reasonsAgainst(links: DeleteImpact["links"]): readonly Obstacle[] {
  const registries = [...new Set(links.map(({ registry }) => registry))];
  return registries.flatMap((registry): Obstacle[] => {
    const here = links.filter((link) => link.registry === registry);
    const held = here.flatMap(({ aliases }) =>
      aliases.flatMap(({ alias, isProtected }) => (isProtected ? [alias as string] : [])),
    );
    const name = showHidden(registry);
    if (held.length > 0)
      return [
        {
          registry,
          reason: `It holds ${describeList([...new Set(held)], "and")}, protected in ${name}. As long as it does, nobody can delete it; an Admin can take that off.`,
          able: (role) => mayDo(role, "set_protected_alias"),
        },
      ];
    if (here.every(({ mayUnlink }) => mayUnlink)) return [];
    return [
      {
        registry,
        reason: `You can't unlink in ${name}: that takes Member.`,
        able: (role) => mayDo(role, "unlink"),
      },
    ];
  });
}
