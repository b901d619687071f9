// Events as an audit shows them: who their actor was at that point, and why one has no effect [E3].
import type { MemberFields, MemberKey, RegistryEvent } from "../../core/registry/records.ts";
import type { Visibility } from "../../core/registry/roles.ts";
import type { EventFault } from "../../core/registry/state.ts";
import { nameOf, roleOf, type People } from "../../core/registry/views.ts";
import type { AuditRow } from "../../protocol/registry-log-api.ts";
import { describeFault } from "./fault-text.ts";

/** Rows for a log's events from its start, in their order. */
export function auditRows(
  events: Iterable<RegistryEvent>,
  faults: ReadonlyMap<number, EventFault>,
): readonly AuditRow[] {
  const people = new PeopleLine();
  return Array.from(events, (event) => {
    const fault = faults.get(event.seq) ?? null;
    const isFirst = event.act.kind === "registry-created";
    if (isFirst && fault === null) people.read(event);
    const actorName = nameOf(people, event.actor);
    const actorRole = roleOf(people, event.actor);
    if (!isFirst && fault === null) people.read(event);
    const faultText = fault === null ? null : describeFault(fault, actorName);
    return { event, actorName, actorRole, fault, faultText };
  });
}

/** Who was what, event by event: all that an audit needs of a registry's state. */
class PeopleLine implements People {
  readonly members = new Map<MemberKey, MemberFields>();
  visibility: Visibility = "members";

  /** An event that has effect. */
  read({ act, actor }: RegistryEvent): void {
    switch (act.kind) {
      case "registry-created":
        this.members.set(actor, { name: act.by, role: "admin" });
        this.visibility = act.visibility;
        return;
      case "registry-edited":
        this.visibility = act.after.visibility ?? this.visibility;
        return;
      case "member-added":
        this.members.set(act.member, act);
        return;
      case "member-changed":
        this.members.set(act.member, act.after);
        return;
      case "member-removed":
        this.members.delete(act.member);
        return;
      default:
    }
  }
}
