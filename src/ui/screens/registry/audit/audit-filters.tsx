// What the audit shows: kind of act, person, collection, time, and whether it has effect.
import type { JSX } from "preact";
import { shortKey } from "../../../../core/registry/names.ts";
import type { MemberKey } from "../../../../core/registry/records.ts";
import type { RegistryDetail } from "../../../../protocol/registry-link-api.ts";
import { OptionSelect, type FilterOption } from "../../../parts/filter-select.tsx";
import { SearchInput } from "../../../parts/search-input.tsx";
import type { AuditFilter } from "../../../state/audit-state.ts";
import { ACT_NAMES } from "./describe-act.ts";

interface AuditFiltersProps {
  readonly filter: AuditFilter;
  readonly detail: Pick<RegistryDetail, "memberList" | "collectionList">;
  readonly onChange: (change: Partial<AuditFilter>) => void;
}

/** More are typed, not chosen. */
const MANY = 200;

export function AuditFilters({ filter, detail, onChange }: AuditFiltersProps): JSX.Element {
  const people = known(
    detail.memberList.map(({ key, name }) => [key, name] as const),
    filter.actor,
    shortKey(filter.actor as MemberKey),
  );
  return (
    <div class="audit-filters">
      <OptionSelect
        what="act"
        value={filter.act}
        options={Object.entries(ACT_NAMES)}
        onChange={(act) => onChange({ act })}
      />
      <OptionSelect
        what="person"
        value={filter.actor}
        options={people}
        onChange={(actor) => onChange({ actor })}
      />
      {detail.collectionList.length > MANY ? (
        <SearchInput
          label="Whole name of a collection"
          value={filter.collection}
          onInput={(collection) => onChange({ collection })}
        />
      ) : (
        <OptionSelect
          what="collection"
          value={filter.collection}
          options={known(
            detail.collectionList.map(({ name }) => [name, name] as const),
            filter.collection,
            filter.collection,
          )}
          onChange={(collection) => onChange({ collection })}
        />
      )}
      <DateField label="From" value={filter.from} onChange={(from) => onChange({ from })} />
      <DateField label="To" value={filter.to} onChange={(to) => onChange({ to })} />
      <label class="audit-check">
        <input
          type="checkbox"
          checked={filter.isFaulty}
          onChange={({ currentTarget }) => onChange({ isFaulty: currentTarget.checked })}
        />
        Only without effect
      </label>
    </div>
  );
}

/** The options, with the one that is chosen also where it is gone by now. */
function known(
  options: readonly FilterOption[],
  value: string,
  name: string,
): readonly FilterOption[] {
  return value === "" || options.some(([other]) => other === value)
    ? options
    : [...options, [value, name]];
}

function DateField({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}): JSX.Element {
  return (
    <label class="audit-date">
      {label}
      <input
        type="date"
        class="input"
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
    </label>
  );
}
