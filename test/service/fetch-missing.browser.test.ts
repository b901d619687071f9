import { fetchMissingContract } from "./fetch-missing-contract.ts";

fetchMissingContract();
