/**
 * The name that a person most likely meant: the same but for capitals, or one slip of the finger away (one character too many, too few,
 * wrong, or two swapped).
 *
 * @returns undefined if none is that close, or if more than one is: `of` may mean `on` or `off`.
 */
export function closestName(typed: string, names: readonly string[]): string | undefined {
  const wanted = typed.toLowerCase();
  const same = names.find((name) => name.toLowerCase() === wanted);
  if (same !== undefined) return same;
  const [close, ...others] = names.filter((name) => isOneSlipApart(wanted, name.toLowerCase()));
  return others.length === 0 ? close : undefined;
}

function isOneSlipApart(one: string, other: string): boolean {
  let same = 0;
  while (same < one.length && one[same] === other[same]) same += 1;
  const restOfOne = one.slice(same);
  const restOfOther = other.slice(same);
  return (
    restOfOne.slice(1) === restOfOther ||
    restOfOne === restOfOther.slice(1) ||
    restOfOne.slice(1) === restOfOther.slice(1) ||
    (restOfOne[0] === restOfOther[1] && restOfOne[1] === restOfOther[0] && restOfOne.slice(2) === restOfOther.slice(2))
  );
}
