import "fake-indexeddb/auto";
import { linkedTwinsContract } from "./linked-twins-contract.ts";

linkedTwinsContract();
