// Options of a function of a module: a misspelt one that were ignored would leave out what it asks for.
const arrayIncludes = Array.prototype.includes, join = Array.prototype.join;

function options(label, given, names) {
  if (given === undefined || given === null) return {};
  if (typeof given !== "object") throw new NativeTypeError(`${label}: options are an object`);
  const found = ownKeys(given);
  for (let i = 0; i < found.length; i++) {
    if (apply(arrayIncludes, names, [found[i]])) continue;
    throw new NativeTypeError(`${label} has no option "${oneLine(found[i])}"; it has ${apply(join, names, [", "])}`);
  }
  return given;
}
