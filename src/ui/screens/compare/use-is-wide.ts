// Whether there is room for two columns of code.
import { useMedia } from "../../parts/use-media.ts";

export function useIsWide(): boolean {
  return useMedia("(min-width: 1100px)");
}
