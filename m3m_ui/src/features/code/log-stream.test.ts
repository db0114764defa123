import { expect, it } from 'vitest'
import { eventsIn } from './log-stream'

it('reads whole events and keeps the rest', () => {
  const text = 'retry: 1000\n\nevent: run\ndata: {"run_id":"a"}\n\nid: a.7\nevent: line\ndata: {"message":"one: two"}\n\n: still here\n\nid: a.9\nevent: li'
  expect(eventsIn(text)).toEqual({
    events: [
      { name: 'run', id: '', data: '{"run_id":"a"}' },
      { name: 'line', id: 'a.7', data: '{"message":"one: two"}' },
    ],
    rest: 'id: a.9\nevent: li',
  })
})

it('has nothing to tell of half an event', () => {
  expect(eventsIn('event: line')).toEqual({ events: [], rest: 'event: line' })
})
