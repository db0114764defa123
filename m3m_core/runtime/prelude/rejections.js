// Promises that were rejected while nobody handled them. The engine tells of each; who is still here when all jobs of
// an entry are done goes to the log.
const rejections = new NativeMap();
const MOST_TOLD = 100;

function rejected(promise, reason, isHandled) {
  if (isHandled) apply(mapDelete, rejections, [promise]);
  else apply(mapSet, rejections, [promise, reason]);
}

function tellRejections() {
  const count = apply(sizeOf, rejections, []);
  let told = 0;
  apply(mapEach, rejections, [(reason) => { if (told++ < MOST_TOLD) fail("unhandled rejection", reason); }]);
  apply(mapClear, rejections, []);
  if (count > MOST_TOLD) raw.log("error", `unhandled rejection: ${count - MOST_TOLD} more at the same time`);
}
