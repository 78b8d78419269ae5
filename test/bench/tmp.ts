import { playWave } from "./world/play-wave.ts";
import * as all from "./world/limits.ts";
const [name,dist,stores]=process.argv.slice(2) as any;
const t=performance.now();const {doneAt,...w}=await playWave({limits:(all as any)[name],distribution:dist,stores:Number(stores),switches:20*Number(stores),seed:1});console.log(name,dist,JSON.stringify(w),Math.round(performance.now()-t));
