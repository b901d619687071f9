// Whether a registry is being made: asked for on its page, or from the search on any other.
import { signal } from "@preact/signals";

/** The page of all registries shows the dialog, and sets it back when it is left. */
export const isCreatingRegistry = signal(false);
