import type { Step } from "./step.ts";
import type { Names } from "./story.ts";
import { oneLine, wrapped } from "./words.ts";

/** @returns a part of a message, with its title; nothing where it has no lines. */
export function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", ...wrapped(title), ...lines];
}

function stepLines(steps: readonly Step[], first: number): readonly string[] {
  return steps.flatMap(({ text, commands = [], items = [] }, index) => [
    ...wrapped(text, `${first + index}. `),
    ...items.flatMap((item) => wrapped(item, "   - ")),
    ...commands.map((command) => `     ${command}`),
  ]);
}

/** Where the deployment names nobody, whoever reads it has to find out. */
function whoThatIs({ contact, account }: Names): readonly string[] {
  if (contact !== undefined) return [];
  const where = account === undefined ? "the AWS account it runs in" : `AWS account ${account}`;
  return wrapped(`Who that is: ask whoever set Doorman up for the shop, or whoever administers ${where}.`);
}

/** @returns what people can do: what a marketer can comes first, and the numbers run on. */
export function stepSections(names: Names, steps: readonly Step[]): readonly string[] {
  const theirs = steps.filter(({ inEcwid }) => inEcwid === true);
  const others = steps.filter(({ inEcwid }) => inEcwid !== true);
  const contact = names.contact === undefined ? "" : `: ${oneLine(names.contact)}`;
  const commands = others.flatMap((each) => each.commands ?? []);
  const when = others.length > 0 && others.every(({ isForLater }) => isForLater === true) ? " if it lasts for more than an hour" : "";
  const lines = others.length === 0 ? [] : [...whoThatIs(names), ...stepLines(others, theirs.length + 1)];
  return [
    ...section("WHAT YOU CAN DO IN ECWID", stepLines(theirs, 1)),
    ...section(`FOR WHOEVER LOOKS AFTER DOORMAN (forward this message${when})${contact}`, [
      ...lines,
      ...(commands.length > 0 ? COMMANDS : []),
    ]),
  ];
}

const COMMANDS = wrapped(
  "Commands: in the folder of Doorman's repository, in a bash in which the first block of docs/runbook.md was pasted once.",
);
