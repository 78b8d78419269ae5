// Imports what it is told in a process that has done nothing else, and prints what that took. In JavaScript, so that no types have to be taken out first.
const [, , module] = process.argv;
const [wall, before] = [performance.now(), process.cpuUsage()];
await import(module);
const [wallMs, after] = [performance.now() - wall, process.cpuUsage()];
const whole = after.user + after.system;
const figures = { importCpuMs: (whole - before.user - before.system) / 1_000, processCpuMs: whole / 1_000, importWallMs: wallMs };
process.stdout.write(JSON.stringify({ ...figures, residentMb: process.memoryUsage.rss() / 1_048_576 }));
process.exit(0);
