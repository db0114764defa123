// Jobs: the functions stay here, their times are kept on the host side.
(host, m3m) => {
  "use strict";
  const NativeDate = Date;
  const getTime = NativeDate.prototype.getTime;
  const apply = Reflect.apply;

  const EXAMPLES = {
    daily: 'schedule.daily(fn, {at: "09:00"})', hourly: "schedule.hourly(fn)", minutely: "schedule.minutely(fn)",
    weekly: 'schedule.weekly(fn, {day: "monday"})', monthly: "schedule.monthly(fn, {day: 1})",
    at: 'schedule.at("09:30", fn)', cron: 'schedule.cron("0 9 * * MON-FRI", fn)', every: 'schedule.every("5m", fn)',
    once: 'schedule.once(new Date("2030-01-31T09:00:00Z"), fn)', delay: "schedule.delay(5000, fn)",
  };

  function register(kind, when, fn, options) {
    if (typeof fn !== "function") throw new TypeError(`schedule.${kind} wants a function: ${EXAMPLES[kind]}`);
    const oneShot = kind === "once" || kind === "delay";
    const callback = m3m.callback((about) => {
      if (oneShot) m3m.release(callback);
      const result = fn({ ...about, scheduledAt: new NativeDate(about.scheduledAt) });
      // What a job returns is nobody's: only its end matters.
      return m3m.isThenable(result) ? (async () => { await result; })() : undefined;
    });
    try {
      return host.add(kind, when ?? null, options ?? null, callback);
    } catch (error) {
      m3m.release(callback);
      throw error;
    }
  }

  function cancel(job) {
    const callback = host.cancel(`${job}`);
    if (callback) m3m.release(callback);
    return callback !== 0;
  }

  // The host's description as a service reads it: camelCase, dates as Date.
  function shown(job) {
    const { next_run: nextRun, history, ...rest } = job;
    return { ...rest, nextRun: date(nextRun), history: history.map(shownRun) };
  }

  function shownRun({ started_at: startedAt, duration_ms: durationMs, error }) {
    return { startedAt: date(startedAt), durationMs, error };
  }

  function date(text) { return text === null ? null : new NativeDate(text); }

  function get(key) {
    const job = host.get(`${key}`);
    return job === undefined ? undefined : shown(job);
  }

  const time = (value) => (value instanceof NativeDate ? apply(getTime, value, []) : value);

  return Object.freeze({
    daily: (fn, options) => register("daily", null, fn, options),
    hourly: (fn, options) => register("hourly", null, fn, options),
    minutely: (fn, options) => register("minutely", null, fn, options),
    weekly: (fn, options) => register("weekly", null, fn, options),
    monthly: (fn, options) => register("monthly", null, fn, options),
    at: (clock, fn, options) => register("at", clock, fn, options),
    cron: (expression, fn, options) => register("cron", expression, fn, options),
    every: (interval, fn, options) => register("every", interval, fn, options),
    once: (date, fn, options) => register("once", time(date), fn, options),
    delay: (ms, fn, options) => register("delay", ms, fn, options),
    cancel,
    pause: (job) => host.pause(`${job}`),
    resume: (job) => host.resume(`${job}`),
    list: () => host.list().map(shown),
    get,
  });
}
