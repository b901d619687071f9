// Light, dark, or as the system says: chosen by the person, kept in this browser.
import { signal, type ReadonlySignal } from "@preact/signals";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** Also read by public/theme.js, before the first paint. */
const KEY = "cairn-theme";

const chosen = signal<Theme>("system");

/** What the person chose. */
export const theme: ReadonlySignal<Theme> = chosen;

/** The theme that a stored text stands for. */
function parseTheme(stored: string | null): Theme {
  return THEMES.find((name) => name === stored) ?? "system";
}

/** Takes up the stored choice, and follows other tabs. */
export function startTheme(): void {
  apply(parseTheme(read()));
  addEventListener("storage", ({ key, newValue }) => {
    if (key === KEY || key === null) apply(parseTheme(newValue));
  });
}

/** Chooses a theme for now and later visits. */
export function chooseTheme(choice: Theme): void {
  apply(choice);
  try {
    if (choice === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, choice);
  } catch {
    // Storage is refused: the choice holds until the page is closed.
  }
}

function apply(choice: Theme): void {
  chosen.value = choice;
  const { dataset } = document.documentElement;
  if (choice === "system") delete dataset["theme"];
  else dataset["theme"] = choice;
  paintBrowser(choice);
}

/** The browser's own bar takes the page's colour: each of the two tags holds for one scheme of the system. */
function paintBrowser(choice: Theme): void {
  for (const tag of document.querySelectorAll<HTMLMetaElement>("meta[name=theme-color]")) {
    const scheme = tag.dataset["scheme"] ?? "light";
    const isChosen = choice === scheme ? "all" : "not all";
    tag.media = choice === "system" ? `(prefers-color-scheme: ${scheme})` : isChosen;
  }
}

function read(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
