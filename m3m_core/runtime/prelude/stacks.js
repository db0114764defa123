// Stacks that point into the service's own files.
// The engine knows the names of modules. What is evaluated it calls <input>: each such file stands below `above` empty
// lines of its own, more than any module's script has, and more than all files before it.
const files = []; // {name, above}, in the order of evaluation

function placed(site) {
  const line = site.getLineNumber(), name = site.getFileName();
  if (typeof name === "string" && apply(charAt, name, [0]) !== "<") return `${name}:${line}:${site.getColumnNumber()}`;
  let at = files.length - 1;
  while (at >= 0 && line <= files[at].above) at--;
  return at < 0 ? "" : `${files[at].name}:${line - files[at].above}:${site.getColumnNumber()}`;
}

function frame(site) {
  const place = placed(site);
  if (place === "") return "";
  const name = site.getFunctionName();
  return name && name !== "<eval>" && name !== "<anonymous>" ? `    at ${oneLine(name)} (${place})\n` : `    at ${place}\n`;
}

function formatStack(_error, sites) {
  let text = "";
  for (let i = 0; i < sites.length; i++) text += frame(sites[i]);
  return text;
}
NativeError.prepareStackTrace = formatStack; // an accessor of the engine: defineProperty would only hide it
