// Unit tests share a process, as starting one takes longer than most of them. Before each file this takes
// away what the one before it left behind; its modules are loaded again, so their state is new too.
import { vi } from "vitest";

vi.useRealTimers();
vi.restoreAllMocks();
vi.unstubAllGlobals();
vi.resetModules();
