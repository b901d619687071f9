import { draftsContract } from "./drafts-contract.ts";

draftsContract();
