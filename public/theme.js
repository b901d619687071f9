// Before the first paint, so that no page flashes in the wrong colours; src/ui/theme.ts does the rest.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem("cairn-theme");
  } catch {
    // Storage is refused: the system's scheme it is.
  }
  if (choice === "light" || choice === "dark") document.documentElement.dataset.theme = choice;
})();
