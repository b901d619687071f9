/** How long a test waits for one thing. A slow machine may need much of it; where all is well it costs nothing. */
export const PATIENCE_MS = 60_000;
