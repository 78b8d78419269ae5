/** A stream of chance that is the same for the same seed, on every machine. */
export interface Random {
  /** @returns a number in [0, 1). */
  next(): number;
  /** @returns a whole number in [from, to], both included. */
  whole(from: number, to: number): number;
  /** @returns true in this share of cases. */
  chance(share: number): boolean;
  pick<Each>(from: readonly Each[]): Each;
  /** @returns some of them, in their order, each with this share. */
  some<Each>(from: readonly Each[], share: number): readonly Each[];
}

/** Spreads a seed over 32 bits (the finaliser of MurmurHash3, stepped as in splitmix32). */
function createSpreader(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
}

/** @param seed a whole number. @returns sfc32 (Chris Doty-Humphrey's "small fast counter", 128 bits of state). */
export function createRandom(seed: number): Random {
  const spread = createSpreader(seed);
  let [a, b, c, counter] = [spread(), spread(), spread(), 1];
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let warm = 0; warm < 12; warm += 1) next();
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    whole,
    chance: (share) => next() < share,
    pick: (from) => {
      const each = from[whole(0, from.length - 1)];
      if (each === undefined) throw new RangeError("nothing to pick from");
      return each;
    },
    some: (from, share) => from.filter(() => next() < share),
  };
}
