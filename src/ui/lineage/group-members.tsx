// The members of a group: searched, looked at one by one, or drawn apart.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { Ungroup } from "lucide";
import { showHidden } from "../../core/errors.ts";
import type { AlikeSet } from "../../core/lineage-alike.ts";
import { isFound } from "../../core/lineage-search.ts";
import type { LineageNode } from "../../core/lineage.ts";
import { Button } from "../parts/button.tsx";
import { formatCount } from "../parts/format.ts";
import { SearchInput } from "../parts/search-input.tsx";
import { VirtualList } from "../parts/virtual-list.tsx";
import { ProvisionalChip } from "../parts/version-label.tsx";
import type { LineageState } from "../state/lineage-state.ts";
import { noteOf, titleOf } from "./node-text.ts";
import type { IsProvisional } from "./provisional-nodes.ts";

const ROW = 36;
const ROWS_SHOWN = 8;

interface GroupMembersProps {
  readonly state: LineageState;
  readonly set: AlikeSet;
  readonly isProvisional: IsProvisional;
}

export function GroupMembers({ state, set, isProvisional }: GroupMembersProps): JSX.Element {
  const query = useSignal("");
  const wanted = query.value.trim().toLowerCase();
  const found = set.members.filter((member) => isFound(member, wanted));
  const rows = Math.max(1, Math.min(ROWS_SHOWN, found.length));
  return (
    <>
      <p class="muted">
        {set.name === null ? "Alike" : showHidden(set.name)}: with the same sort of things around
        them. Choose one to draw it by itself.
      </p>
      <SearchInput
        label={`Search ${formatCount(set.members.length, set.of)}`}
        value={query.value}
        onInput={(text) => (query.value = text)}
      />
      {found.length === 0 ? (
        <p class="muted">None matches.</p>
      ) : (
        <div style={{ height: `${rows * ROW}px` }} class="lg-members">
          <VirtualList
            count={found.length}
            rowHeight={ROW}
            keyOf={(i) => found[i]?.id ?? i}
            attributes={{ role: "list", "aria-label": "Members", tabIndex: -1 }}
            renderRow={(i) => {
              const member = found[i];
              return member === undefined ? null : (
                <Member state={state} member={member} isProvisional={isProvisional(member)} />
              );
            }}
          />
        </div>
      )}
      <div class="lg-actions">
        <Button small icon={Ungroup} onClick={() => state.setOpen(set, true)}>
          Draw all {set.members.length.toLocaleString("en")}
        </Button>
      </div>
    </>
  );
}

function Member({
  state,
  member,
  isProvisional,
}: {
  readonly state: LineageState;
  readonly member: LineageNode;
  readonly isProvisional: boolean;
}): JSX.Element {
  const isOut = state.visible.value?.placeOf.get(member.id) === member.id;
  return (
    <div role="listitem" class="lg-member">
      <button type="button" class="link-button" onClick={() => state.goTo(member.id)}>
        {titleOf(member)}
      </button>
      {isProvisional && <ProvisionalChip />}
      <span class="muted">{isOut ? "drawn" : noteOf(member)}</span>
    </div>
  );
}
