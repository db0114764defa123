// Dates as texts of a given form. UTC unless a time zone is named; the zone's rules are asked of the host.
(host) => {
  "use strict";
  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December"];
  const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
  const TOKEN = /\[([^\]]*)\]|YYYY|YY|MMMM|MMM|MM|M|DD|D|dddd|ddd|HH|H|hh|h|mm|m|ss|s|SSS|A|a|ZZ|Z/g;
  const STANDARD = "YYYY-MM-DD HH:mm:ss";

  const two = (number) => `${number}`.padStart(2, "0");

  function toDate(value) {
    const date = value instanceof Date ? value : new Date(value);
    if (Number.isNaN(date.getTime())) throw new RangeError(`not a date: ${String(value)}`);
    return date;
  }

  const offsetAt = (zone, time) => (zone === undefined || zone === "UTC" ? 0 : host.offset(`${zone}`, time));

  function offsetText(minutes, colon) {
    const size = Math.abs(minutes);
    return (minutes < 0 ? "-" : "+") + two(Math.floor(size / 60)) + colon + two(size % 60);
  }

  function formatDate(value, format = STANDARD, zone = undefined) {
    const time = toDate(value).getTime();
    const offset = offsetAt(zone, time);
    const wall = new Date(time + offset * 60000); // its UTC fields are the zone's wall clock
    return `${format}`.replace(TOKEN, (token, literal) => literal ?? written(token, wall, offset));
  }

  function written(token, wall, offset) {
    const year = wall.getUTCFullYear(), month = wall.getUTCMonth(), hour = wall.getUTCHours();
    switch (token) {
      case "YYYY": return `${year}`.padStart(4, "0");
      case "YY": return two(year % 100);
      case "MMMM": return MONTHS[month];
      case "MMM": return MONTHS[month].slice(0, 3);
      case "MM": return two(month + 1);
      case "M": return `${month + 1}`;
      case "DD": return two(wall.getUTCDate());
      case "D": return `${wall.getUTCDate()}`;
      case "dddd": return DAYS[wall.getUTCDay()];
      case "ddd": return DAYS[wall.getUTCDay()].slice(0, 3);
      case "HH": return two(hour);
      case "H": return `${hour}`;
      case "hh": return two(hour % 12 || 12);
      case "h": return `${hour % 12 || 12}`;
      case "mm": return two(wall.getUTCMinutes());
      case "m": return `${wall.getUTCMinutes()}`;
      case "ss": return two(wall.getUTCSeconds());
      case "s": return `${wall.getUTCSeconds()}`;
      case "SSS": return `${wall.getUTCMilliseconds()}`.padStart(3, "0");
      case "A": return hour < 12 ? "AM" : "PM";
      case "a": return hour < 12 ? "am" : "pm";
      case "Z": return offsetText(offset, ":");
      default: return offsetText(offset, "");
    }
  }

  // ---- reading: each token is a piece of a pattern and says what it read ----
  const month = (text) => MONTHS.findIndex((name) => name.toLowerCase().startsWith(text.toLowerCase().slice(0, 3)));
  const afternoon = (text, into) => { into.afternoon = /^p/i.test(text); };
  const number = (name) => (text, into) => { into[name] = Number(text); };
  const shift = (text, into) => {
    const [, sign, hours, minutes] = /([+-])(\d\d):?(\d\d)/.exec(text) ?? ["", "+", "0", "0"];
    into.offset = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  };
  const monthName = [String.raw`\p{L}{3,}`, (text, into) => { into.month = month(text) + 1; }];
  const zoneOffset = [String.raw`Z|[+-]\d\d:?\d\d`, shift];
  const READERS = {
    __proto__: null,
    YYYY: [String.raw`\d{4}`, number("year")], YY: [String.raw`\d\d`, (text, into) => { into.year = 2000 + Number(text); }],
    MMMM: monthName, MMM: monthName, MM: [String.raw`\d\d`, number("month")], M: [String.raw`\d\d?`, number("month")],
    DD: [String.raw`\d\d`, number("day")], D: [String.raw`\d\d?`, number("day")],
    dddd: [String.raw`\p{L}+`, () => {}], ddd: [String.raw`\p{L}+`, () => {}],
    HH: [String.raw`\d\d`, number("hour")], H: [String.raw`\d\d?`, number("hour")],
    hh: [String.raw`\d\d`, number("hour")], h: [String.raw`\d\d?`, number("hour")],
    mm: [String.raw`\d\d`, number("minute")], m: [String.raw`\d\d?`, number("minute")],
    ss: [String.raw`\d\d`, number("second")], s: [String.raw`\d\d?`, number("second")],
    SSS: [String.raw`\d{3}`, number("millisecond")], A: ["[AaPp][Mm]", afternoon], a: ["[AaPp][Mm]", afternoon],
    Z: zoneOffset, ZZ: zoneOffset,
  };

  function reader(format) {
    const steps = [];
    const quoted = (text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
    let pattern = "", last = 0;
    for (const found of format.matchAll(TOKEN)) {
      pattern += quoted(format.slice(last, found.index));
      last = found.index + found[0].length;
      if (found[1] !== undefined) { pattern += quoted(found[1]); continue; }
      const [piece, read] = READERS[found[0]];
      pattern += `(${piece})`;
      steps.push(read);
    }
    return { steps, pattern: new RegExp(`^${pattern}${quoted(format.slice(last))}$`, "u") };
  }

  function parseDate(value, format = undefined, zone = undefined) {
    if (format === undefined) return toDate(value);
    const { steps, pattern } = reader(`${format}`);
    const found = pattern.exec(`${value}`);
    if (found === null) throw new RangeError(`"${value}" is not a date of the form ${format}`);
    const read = { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0 };
    steps.forEach((step, i) => step(found[i + 1], read));
    if (read.afternoon !== undefined) read.hour = (read.hour % 12) + (read.afternoon ? 12 : 0);
    return instant(read, value, format, zone);
  }

  function instant(read, value, format, zone) {
    const wall = new Date(0);
    wall.setUTCFullYear(read.year, read.month - 1, read.day);
    wall.setUTCHours(read.hour, read.minute, read.second, read.millisecond);
    const kept = wall.getUTCMonth() + 1 === read.month && wall.getUTCDate() === read.day && wall.getUTCHours() === read.hour
      && wall.getUTCMinutes() === read.minute && wall.getUTCSeconds() === read.second;
    if (!kept) throw new RangeError(`"${value}" is not a date of the form ${format}: there is no such day or time`);
    if (read.offset !== undefined) return new Date(wall.getTime() - read.offset * 60000);
    return zone === undefined || zone === "UTC" ? wall : new Date(host.instant(`${zone}`, wall.getTime()));
  }

  return { formatDate, parseDate, timestamp: () => Date.now() };
}
