/** The rules whose next boundary is asked. */
export const RULES = [
  { name: "weekly", repeat: "FREQ=WEEKLY;BYDAY=TU,FR" },
  { name: "daily", repeat: "FREQ=DAILY" },
  { name: "monthly", repeat: "FREQ=MONTHLY;BYDAY=-1FR" },
  { name: "dense", repeat: "FREQ=DAILY;BYHOUR=0,3,6,9,12,15,18,21;BYMINUTE=0" },
  { name: "rare", repeat: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29" },
] as const;
