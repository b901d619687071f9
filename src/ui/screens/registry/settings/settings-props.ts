// What the sections of a registry's settings share.
import type { RegistryDetail } from "../../../../protocol/registry-link-api.ts";
import type { AppState } from "../../../state/app-state.ts";

export interface SettingsProps {
  readonly app: AppState;
  readonly registry: RegistryDetail;
  /** Why nothing can be changed, and who could; `null` for who may. */
  readonly refusal: string | null;
}

/** What closed controls point to. */
export const REFUSAL_ID = "settings-refusal";

/** Attributes of a control that only admins may use. */
export function closed(refusal: string | null): {
  readonly disabled?: true;
  readonly "aria-describedby"?: string;
  readonly title?: string;
} {
  return refusal === null ? {} : { disabled: true, "aria-describedby": REFUSAL_ID, title: refusal };
}
