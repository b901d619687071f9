import { linkedTwinsContract } from "./linked-twins-contract.ts";

linkedTwinsContract();
