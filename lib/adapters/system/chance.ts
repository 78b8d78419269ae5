import type { Chance } from "../../application/ports/clock.ts";

/** The machine's source of chance; good for spreading retries, not for secrets. */
export const systemChance: Chance = () => Math.random();
