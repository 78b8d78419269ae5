/** How many cases each input gets: a few in every run, as many as asked for by `npm run fuzz`. */
export const CASES = Number(process.env["DOORMAN_FUZZ_CASES"] ?? "2000");
