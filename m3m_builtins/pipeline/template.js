// A service. Save it, press "Debug run", then open /r/<slug of the project>/hello/world

service.boot(() => {
  logger.info('boot: prepare what others may need, before any start')
})

service.start(() => {
  logger.info('start: the service is up')
})

service.shutdown(() => {
  logger.info('shutdown: finish what is open')
})

router.get('/hello/:name', (ctx) => ({ message: `Hello, ${ctx.params.name}!` }))

schedule.hourly(() => {
  logger.info('one more hour')
})
