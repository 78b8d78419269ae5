import { crc32 } from "node:zlib";

const UTF8_NAMES = 0x0800;
const FIRST_OF_1980 = 0x0021;
const READABLE_BY_ALL = 0o100644 << 16;

/** @returns a ZIP archive of one file, stored as it is (PKWARE APPNOTE 4.3), which is what Lambda's code bucket holds. */
export function zipOf(name: string, content: Buffer): Buffer {
  const path = Buffer.from(name);
  // Version 2.0, stored, a fixed date, checksum, both sizes and the length of the name: the same in both headers.
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(UTF8_NAMES, 2);
  common.writeUInt16LE(FIRST_OF_1980, 8);
  common.writeUInt32LE(crc32(content), 10);
  common.writeUInt32LE(content.length, 14);
  common.writeUInt32LE(content.length, 18);
  common.writeUInt16LE(path.length, 22);
  const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), common, path, content]);
  const attributes = Buffer.alloc(14);
  attributes.writeUInt32LE(READABLE_BY_ALL >>> 0, 6);
  const central = Buffer.concat([Buffer.from("PK\u0001\u0002"), Buffer.from([20, 3]), common, attributes, path]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, central, Buffer.from("PK\u0005\u0006"), end]);
}
