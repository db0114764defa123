// Written for the first draft of M3M: its names, and handlers that answer by ctx.response.
const seen = []

$service.boot(function () { seen.push("boot") })
$service.start(() => {
  seen.push("start")
  $router.get("/seen", (ctx) => { ctx.response(200, { seen }) })
  $router.get("/hello/:name", (ctx) => ctx.response(201, { hello: ctx.params.name }, { "X-Draft": "1" }))
  $router.post("/echo", (ctx) => $router.response(200, ctx.body))
})
service.shotdown(() => { $logger.info("bye") })
$service.shotdown(() => { $logger.info("bye again") })
$exports.unused = seen
