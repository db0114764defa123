// The demo: a small shop. Its orders are records, its picture is a file, its visits are a goal, its name is a value of
// the environment. Change something and press "Debug run".

const PRODUCTS = { 'Desk lamp': 49, 'Floor lamp': 129, 'Lantern': 24.5, 'Pendant': 89.9, 'Night light': 14.9, 'Spot': 34 };

service.start(() => logger.info(env.get('SHOP_NAME', 'The shop'), 'opens with', database.orders.count(), 'orders'));
service.shutdown(() => logger.info('the shop closes'));

// ---- the page ----

const escape = (value) => String(value ?? '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const money = (value) => `${value.toFixed(2)} ${escape(env.get('CURRENCY', 'EUR'))}`;

/** The filter for a search in the orders. */
function matching(text) {
  if (!text) return {};
  const pattern = new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i');
  return { $or: [{ product: pattern }, { note: pattern }] };
}

function sparkline(slug, days) {
  const values = goals.stats(slug, days).points.map((point) => point.value);
  const top = Math.max(1, ...values);
  const points = values.map((value, i) => `${(i * 160 / (values.length - 1)).toFixed(1)},${(38 - value / top * 34).toFixed(1)}`);
  return `<svg viewBox="0 0 160 40" role="img" aria-label="${slug} of ${days} days"><polyline points="${points.join(' ')}"/></svg>`;
}

function card(title, slug) {
  const { points } = goals.stats(slug, 30);
  return `<section><h2>${title} today</h2><b>${points.at(-1)?.value ?? 0}</b>${sparkline(slug, 30)}<small>the last 30 days</small></section>`;
}

function row(order) {
  const { customer } = order.expand;
  return `<tr><td>${order.ordered.slice(0, 10)}<td>${escape(order.product)}<td>${order.count}<td>${money(order.total)}
    <td><a href="customers/${customer.id}">${escape(customer.name)}</a><td><i class="${order.state}">${order.state}</i>`;
}

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.55 system-ui, sans-serif; --line: color-mix(in srgb, currentColor 18%, transparent) }
  body { max-width: 60rem; margin: 0 auto 4rem; padding: 0 1.25rem }
  header { margin: 1.25rem 0 2rem; border-radius: 1rem; overflow: hidden; position: relative; color: #fff }
  header img { width: 100%; height: 15rem; object-fit: cover; display: block }
  header div { position: absolute; left: 1.75rem; bottom: 1.1rem; text-shadow: 0 1px 12px #0009 }
  h1 { font-size: 2.2rem; margin: 0; letter-spacing: -.02em } header p { margin: 0 }
  main { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 1rem }
  section { border: 1px solid var(--line); border-radius: .9rem; padding: 1rem 1.2rem }
  h2 { font-size: .95rem; font-weight: 600; margin: 0 0 .3rem } section b { font-size: 2rem }
  svg { width: 100%; height: 3.2rem; display: block } polyline { fill: none; stroke: #0d9488; stroke-width: 2; stroke-linejoin: round }
  form { display: flex; flex-wrap: wrap; gap: .6rem } input, select, button { font: inherit; padding: .4rem .7rem; border-radius: .5rem; border: 1px solid var(--line); min-width: 0 }
  button { background: #0d9488; border-color: #0d9488; color: #fff; cursor: pointer } .search { margin: 2rem 0 .8rem }
  table { width: 100%; border-collapse: collapse } td { padding: .45rem .6rem .45rem 0; border-top: 1px solid var(--line) } a { color: #0d9488 }
  i { font-style: normal; padding: .1rem .6rem; border-radius: 1rem; background: color-mix(in srgb, currentColor 10%, transparent) } i.new { color: #d97706 } i.sent { color: #0d9488 }
  small { opacity: .65 } .wide { overflow-x: auto }`;

router.get('/', (ctx) => {
  goals.increment('visits');
  const search = ctx.query.search ?? '';
  const found = database.orders.paginate(matching(search), { sort: '-ordered', limit: env.get('PAGE_SIZE', 12), expand: 'customer' });
  const name = escape(env.get('SHOP_NAME', 'The shop'));
  const options = Object.entries(PRODUCTS).map(([product, price]) => `<option value="${product}">${product}, ${money(price)}</option>`);
  return router.html(`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${name}</title><style>${STYLE}</style>
<header><img src="picture" alt="Three lamps"><div><h1>${name}</h1><p>${env.get('OPEN', true) ? 'Open today' : 'Closed today'}</p></div></header>
<main>${card('Visits', 'visits')}${card('Orders', 'orders')}
  <section><h2>Order a lamp</h2><form method="post" action="orders">
    <select name="product">${options.join('')}</select><input name="count" type="number" value="1" min="1" max="100" aria-label="How many">
    <input name="note" placeholder="A note" maxlength="200"><button>Order</button></form></section></main>
<form class="search"><input name="search" value="${escape(search)}" placeholder="Search the orders"><button>Search</button></form>
<p><small>${found.total_items} orders · <a href="orders">as JSON</a> · <a href="stats">numbers</a> · <a href="warranty">warranty</a></small></p>
<div class="wide"><table>${found.items.map(row).join('')}</table></div>`);
});

router.get('/picture', () => router.file('lamps.png', { maxAge: 3600 }));
router.get('/warranty', () => router.file('warranty.html'));

// ---- orders ----

router.group('/orders', (r) => {
  r.get('/', (ctx) => database.orders.paginate(
    matching(ctx.query.search),
    { sort: '-ordered', page: Number(ctx.query.page) || 1, limit: 20, expand: 'customer' }));
  r.get('/:id', (ctx) => database.orders.get(ctx.params.id, { expand: 'customer' }) ?? router.error(404, 'There is no such order.'));
  r.post('/', (ctx) => {
    const { product, count, note } = ctx.body ?? {};
    if (!(product in PRODUCTS)) throw router.error(422, `We have ${Object.keys(PRODUCTS).join(', ')}.`);
    const customer = database.customers.findOne({}, { sort: '-vip' });
    if (!customer) throw router.error(409, 'There is no customer yet.');
    const order = database.orders.insert({
      product,
      count: Number(count),
      total: PRODUCTS[product] * Number(count) + env.get('SHIPPING', 0),
      note: note ?? '',
      customer: customer.id,
    });
    goals.increment('orders');
    logger.info('order', order.id, order.count, '×', product);
    const fromPage = (ctx.header('content-type') ?? '').startsWith('application/x-www-form-urlencoded');
    return fromPage ? router.redirect('./', 303) : router.response(201, order);
  });
});

router.get('/customers/:id', (ctx) => {
  const customer = database.customers.get(ctx.params.id);
  if (!customer) throw router.error(404, 'There is no such customer.');
  return { ...customer, orders: database.orders.find({ customer: customer.id }, { sort: '-ordered', limit: 50 }) };
});

router.get('/stats', () => ({
  by_product: database.orders.aggregate([
    { $group: { _id: '$product', orders: { $sum: 1 }, total: { $sum: '$total' } } },
    { $sort: { total: -1 } },
  ]),
  visits: goals.stats('visits', 30),
  service: service.info(),
}));

router.get('/hello/:name', (ctx) => ({ hello: ctx.params.name }));

// ---- in the background ----

schedule.every('1m', () => {
  const packed = database.orders.findOneAndUpdate({ state: 'new' }, { state: 'packed' }, { sort: 'ordered' });
  if (packed) logger.info('packed order', packed.id);
}, { name: 'pack' });
