import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Template } from "aws-cdk-lib/assertions";
import { beforeAll, describe, expect, it } from "vitest";
import { ALARM_KINDS, type AlarmKind } from "../../../lib/application/alarms/alarm-kinds.ts";
import { REPOSITORY, synthesise } from "../synthesis.ts";
import { alarmsOf } from "./template-alarms.ts";

const OTHER_SECTIONS = ["How to read this", "Operations"];
const PARTS = ["Impact", "Look", "Do", "Why", "By itself"];

const runbook = readFileSync(join(REPOSITORY, "docs", "runbook.md"), "utf8");
const headings = [...runbook.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading ?? "");

let template: Template;
beforeAll(() => {
  template = synthesise();
});

/** As GitHub makes them of headings. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, "")
    .replaceAll(" ", "-");
}

function sectionOf(kind: AlarmKind): string {
  const [, after = ""] = runbook.split(`\n## ${kind}\n`);
  return after.split("\n## ")[0] ?? "";
}

function queryNames(): readonly string[] {
  return Object.values(template.findResources("AWS::Logs::QueryDefinition")).map(({ Properties }) =>
    String(Properties.Name).replace(/^Doorman\//, ""),
  );
}

describe("the runbook", () => {
  it("has a section under every anchor that an alarm names", () => {
    const anchors = headings.map(anchorOf);

    const named = [...alarmsOf(template).values()].map(({ description }) => /docs\/runbook[.]md#(.+)$/.exec(description)?.[1]);

    expect(named).toHaveLength(ALARM_KINDS.length);
    expect(named.filter((anchor) => !anchors.includes(anchor ?? ""))).toEqual([]);
  });

  it("has no section without an alarm, but for how to read it and operations", () => {
    expect(headings.filter((heading) => !OTHER_SECTIONS.includes(heading))).toEqual(ALARM_KINDS);
  });

  it.each(ALARM_KINDS)("says impact, look, do, why, and what Doorman does by itself: %s", (kind) => {
    const parts = [...sectionOf(kind).matchAll(/^\*\*(.+?)\.\*\*/gm)].map(([, part]) => part);

    expect(parts).toEqual(PARTS);
  });

  it("asks only saved queries that there are, and every one of them somewhere", () => {
    const asked = new Set([...runbook.matchAll(/(?:^|`)ask ([a-z-]+)/gm)].map(([, name]) => name ?? ""));

    const names = queryNames();

    expect(names.length).toBeGreaterThan(10);
    expect([...asked].toSorted()).toEqual(names.toSorted());
  });

  it("is sent to by every first step for the query that answers it", () => {
    const named = [...alarmsOf(template).values()].flatMap(({ description }) => /saved query ([a-z-]+)/.exec(description)?.[1] ?? []);

    const names = queryNames();

    expect(named.length).toBeGreaterThan(8);
    expect(named.filter((name) => !names.includes(name))).toEqual([]);
  });

  it("puts the tick's rule and target back as the template has them", () => {
    const [rule] = Object.entries(template.findResources("AWS::Events::Rule")).flatMap(([id, each]) =>
      id.startsWith("TicksEveryMinute") ? [each] : [],
    );

    const { Id, RetryPolicy } = rule?.["Properties"].Targets[0] ?? {};

    expect(runbook).toContain(`--schedule-expression '${rule?.["Properties"].ScheduleExpression}'`);
    expect(runbook).toContain(
      `"Id=${Id},Arn=$ARN,RetryPolicy={MaximumRetryAttempts=${RetryPolicy.MaximumRetryAttempts},MaximumEventAgeInSeconds=${RetryPolicy.MaximumEventAgeInSeconds}}"`,
    );
  });

  it("defines every command of its own that messages give, and has the sections that they send to", () => {
    const document = readFileSync(join(REPOSITORY, "docs", "incidents.md"), "utf8");
    const given = ["ask", "changes", "ecwid", "throttles"].filter((name) => new RegExp(`^ {5}${name}( |$)`, "m").test(document));
    const sections = [...document.replaceAll(/\n\s+/g, " ").matchAll(/runbook, "(.+?)"/g)].map(([, name]) => name ?? "");

    expect(given).toEqual(["ask", "changes", "ecwid", "throttles"]);
    expect([...given, "alarms"].filter((name) => !runbook.includes(`\n${name}() {`))).toEqual([]);
    expect(new Set(sections)).toEqual(new Set(["Roll back", "Put back", "Dead letters"]));
    expect([...new Set(sections)].filter((name) => !runbook.includes(`\n### ${name}\n`))).toEqual([]);
  });

  it("uses outputs that the stack has", () => {
    const used = new Set([...runbook.matchAll(/\$\(out (\w+)\)/g)].map(([, name]) => name ?? ""));

    const outputs = Object.keys(template.findOutputs("*"));

    expect(used.size).toBeGreaterThan(3);
    expect([...used].filter((name) => !outputs.includes(name))).toEqual([]);
  });
});
