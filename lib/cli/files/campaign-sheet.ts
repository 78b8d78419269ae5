import type { Json, JsonObject } from "../../domain/live.ts";
import type { PlacedRecord } from "../frame/put-records.ts";
import { Refusal } from "../frame/refusal.ts";
import type { Surroundings } from "../frame/surroundings.ts";
import { readText } from "./read-records.ts";
import { type Column, columnOf, noSuchColumn } from "./sheet-columns.ts";
import { type SheetRow, sheetRows } from "./sheet-rows.ts";

/** What a row says, sorted by what it is about. */
interface Row {
  readonly line: number;
  readonly campaign: JsonObject;
  readonly coupon: JsonObject;
  readonly promotion: JsonObject;
}

/** One campaign while its rows are gathered. */
interface Gathered {
  readonly firstLine: number;
  readonly fields: Map<string, { readonly value: Json; readonly line: number }>;
  readonly coupons: { readonly value: JsonObject; readonly line: number }[];
  readonly promotions: { readonly value: JsonObject; readonly line: number }[];
}

/**
 * Reads a marketer's spreadsheet: a heading, then a row for each coupon or promotion of a campaign. Rows of one `storeId` and `campaignId`
 * are one campaign; what one of them says of the campaign, the others may repeat or leave empty.
 *
 * @throws Refusal, with the line, for a spreadsheet that cannot be read at all.
 */
export async function readCampaignSheet(surroundings: Surroundings, name: string): Promise<readonly PlacedRecord[]> {
  return campaignsInSheet(name, await readText(surroundings, name));
}

/** @returns the campaigns of a spreadsheet's text, each with the line of whatever field a problem is found in. */
function campaignsInSheet(name: string, text: string): readonly PlacedRecord[] {
  const [heading, ...rows] = sheetRows(name, text);
  if (heading === undefined || rows.length === 0)
    throw new Refusal(`${name} holds no campaign: write a heading, and a row for each coupon or promotion`);
  const columns = columnsOf(name, heading);
  const campaigns = new Map<string, Gathered>();
  for (const cells of rows) gather(name, campaigns, readRow(name, columns, cells));
  return [...campaigns.values()].map((gathered) => placed(name, gathered));
}

function columnsOf(name: string, { cells, line }: SheetRow): readonly (Column | undefined)[] {
  const columns = cells.map((heading) => {
    const column = columnOf(heading);
    if (column === undefined && heading !== "") throw new Refusal(`${name} line ${line}: ${noSuchColumn(heading)}`);
    return column;
  });
  const fields = columns.map((column) => column?.field).filter((field) => field !== undefined);
  const twice = fields.find((field, index) => fields.indexOf(field) < index);
  if (twice !== undefined) throw new Refusal(`${name} line ${line}: the column ${twice} is there twice`);
  if (!fields.includes("campaignId")) throw new Refusal(`${name} line ${line}: there is no column campaignId`);
  return columns;
}

function readRow(name: string, columns: readonly (Column | undefined)[], { line, cells }: SheetRow): Row {
  const said = (of: Column["of"]): JsonObject =>
    Object.fromEntries(
      columns.flatMap((column, index) => {
        const cell = cells[index] ?? "";
        return column?.of === of && cell !== "" ? [[column.field, column.read(cell)]] : [];
      }),
    );
  const stray = cells.findIndex((cell, index) => cell !== "" && columns[index] === undefined);
  if (stray >= 0)
    throw new Refusal(`${name} line ${line}: cell ${stray + 1} has no heading; a text with a comma in it needs quotation marks`);
  return { line, campaign: said("campaign"), coupon: said("coupon"), promotion: said("promotion") };
}

function gather(name: string, campaigns: Map<string, Gathered>, row: Row): void {
  const { campaignId, storeId } = row.campaign;
  if (campaignId === undefined) throw new Refusal(`${name} line ${row.line}: campaignId is empty; each row names its campaign`);
  const key = JSON.stringify([storeId, campaignId]);
  const gathered: Gathered = campaigns.get(key) ?? { firstLine: row.line, fields: new Map(), coupons: [], promotions: [] };
  campaigns.set(key, gathered);
  for (const [field, value] of Object.entries(row.campaign)) {
    const known = gathered.fields.get(field);
    if (known !== undefined && JSON.stringify(known.value) !== JSON.stringify(value)) {
      const [was, is] = [known.value, value].map((each) => JSON.stringify(each));
      throw new Refusal(`${name} line ${row.line}: ${field}: ${is} is not what line ${known.line} says of the same campaign, ${was}`);
    }
    if (known === undefined) gathered.fields.set(field, { value, line: row.line });
  }
  if (Object.keys(row.coupon).length > 0) gathered.coupons.push({ value: row.coupon, line: row.line });
  if (Object.keys(row.promotion).length > 0) gathered.promotions.push({ value: row.promotion, line: row.line });
}

function placed(name: string, { firstLine, fields, coupons, promotions }: Gathered): PlacedRecord {
  const lists = {
    ...(coupons.length > 0 && { coupons: coupons.map(({ value }) => value) }),
    ...(promotions.length > 0 && { promotions: promotions.map(({ value }) => value) }),
  };
  const value: JsonObject = { ...Object.fromEntries([...fields].map(([field, each]) => [field, each.value])), ...lists };
  return {
    value,
    where: (path) => {
      const [, list, index] = /^(coupons|promotions)\[(\d+)\]/.exec(path) ?? [];
      const entry = list === undefined ? undefined : (list === "coupons" ? coupons : promotions)[Number(index)];
      const field = fields.get(/^\w+/.exec(path)?.[0] ?? "");
      return `${name} line ${entry?.line ?? field?.line ?? firstLine}`;
    },
  };
}
