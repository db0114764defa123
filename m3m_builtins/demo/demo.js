// The demo: a page, a small REST API kept in memory, and a schedule. Change it and press "Debug run".

const notes = new Map();
let lastId = 0;
let visits = 0;
let minutes = 0;

service.start(() => {
  for (const text of ['Buy milk', 'Call Ada', 'Water the plants']) add(text);
  logger.info('the demo is up with', notes.size, 'notes');
});

service.shutdown(() => logger.info('the demo ends after', visits, 'visits'));

function add(text) {
  const note = { id: ++lastId, text, done: false, created_at: new Date().toISOString() };
  notes.set(note.id, note);
  return note;
}

function find(ctx) {
  const note = notes.get(Number(ctx.params.id));
  if (!note) throw router.error(404, 'There is no such note.');
  return note;
}

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

router.get('/', (ctx) => {
  visits++;
  const items = [...notes.values()].map((note) => `<li>${note.done ? '✓' : '○'} ${escape(note.text)}</li>`).join('');
  return router.html(`<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>M3M demo</title>
<style>
  :root { color-scheme: light dark; font: 17px/1.6 system-ui, sans-serif }
  body { max-width: 34rem; margin: 12vh auto; padding: 0 1.5rem }
  code { background: color-mix(in srgb, currentColor 10%, transparent); padding: .1em .35em; border-radius: .3em }
  ul { list-style: none; padding: 0 }
</style>
<h1>It works.</h1>
<p>This page is a service of M3M: a few lines of JavaScript in a process of its own. You are visit ${visits}.</p>
<h2>Notes</h2><ul>${items}</ul>
<p>Try <a href="hello/you"><code>hello/you</code></a>, <a href="notes"><code>notes</code></a>,
<a href="status"><code>status</code></a>, or add a note: <code>curl -d '{"text":"Hi"}' -H 'content-type: application/json' …/r/demo/notes</code></p>`);
});

router.get('/hello/:name', (ctx) => ({ hello: ctx.params.name }));
router.get('/status', () => ({ visits, minutes, notes: notes.size, service: service.info() }));

router.group('/notes', (r) => {
  r.get('/', () => [...notes.values()]);
  r.get('/:id', (ctx) => find(ctx));
  r.post('/', (ctx) => {
    const text = ctx.body?.text;
    if (typeof text !== 'string' || text.trim() === '') throw router.error(422, 'A note needs a text.');
    return router.response(201, add(text.trim()));
  });
  r.patch('/:id', (ctx) => Object.assign(find(ctx), { done: ctx.body?.done === true }));
  r.delete('/:id', (ctx) => { notes.delete(find(ctx).id); });
});

schedule.every('1m', () => {
  minutes++;
  logger.info('up for', minutes, 'minutes,', visits, 'visits');
});
