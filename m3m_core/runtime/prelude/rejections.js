// Promises that were rejected while nobody handled them. The engine tells of each; who is still here when all jobs of
// an entry are done goes to the log.
const rejections = new NativeMap();
const MOST_TOLD = 100;

function rejected(promise, reason, isHandled) {
  if (isHandled) apply(mapDelete, rejections, [promise]);
  else apply(mapSet, rejections, [promise, reason]);
}

function tellRejections() {
  const more = apply(sizeOf, rejections, []) - MOST_TOLD;
  let told = 0;
  apply(mapEach, rejections, [(reason) => {
    if (++told <= MOST_TOLD) fail("unhandled rejection", reason, told === MOST_TOLD && more > 0 ? 1 + more : 1); // the last counts for the rest
  }]);
  apply(mapClear, rejections, []);
  if (more > 0) raw.log("error", `unhandled rejection: ${more} more at the same time`);
}
