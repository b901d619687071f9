// Tells when the page's colours change, for what is drawn rather than styled.
import { useEffect, useState } from "preact/hooks";

/** Goes up whenever the page turns light or dark. */
export function useTheme(): number {
  const [theme, setTheme] = useState(0);
  useEffect(() => {
    const onChange = (): void => setTheme((count) => count + 1);
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", onChange);
    // A theme chosen by hand stands on the root.
    const watch = new MutationObserver(onChange);
    watch.observe(document.documentElement, { attributes: true });
    return () => {
      dark.removeEventListener("change", onChange);
      watch.disconnect();
    };
  }, []);
  return theme;
}
