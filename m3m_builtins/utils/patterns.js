// Regular expressions in a time that grows with the text alone: the host's, whoever wrote the pattern.
(host) => {
  "use strict";
  const text = (value) => (value === null || value === undefined ? "" : `${value}`);

  // The flags of a RegExp count unless others are given.
  function split(pattern, flags) {
    if (pattern instanceof RegExp) return [pattern.source, `${flags ?? pattern.flags}`];
    if (typeof pattern !== "string") throw new TypeError("a pattern is a text or a RegExp");
    return [pattern, `${flags ?? ""}`];
  }

  function regexMatch(value, pattern, flags) {
    return host.regexMatch(text(value), ...split(pattern, flags));
  }

  function regexReplace(value, pattern, replacement, flags) {
    const [source, own] = split(pattern, flags);
    return host.regexReplace(text(value), source, text(replacement), flags === undefined ? `g${own.replace("g", "")}` : own);
  }

  return {
    regexMatch, regexReplace,
    regexTest: (value, pattern, flags) => host.regexTest(text(value), ...split(pattern, flags)),
    regexSplit: (value, pattern, flags) => host.regexSplit(text(value), ...split(pattern, flags)),
    escapeRegex: (value) => text(value).replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"),
  };
}
