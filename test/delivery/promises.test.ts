import fc from 'fast-check'
import { expect, test } from 'vitest'
import { weekdays } from '../../src/delivery/subscription.ts'
import { type PromisesModel, promisesModel } from './promises-model.ts'
import { type SimulatedNewsroom, simulatedNewsroom, type Weather } from './simulated-newsroom.ts'

type Command = fc.AsyncCommand<PromisesModel, SimulatedNewsroom>

/** In Berlin the clock goes back on 25 October, while most runs are under way. */
const ZONES = ['Europe/Berlin', 'Africa/Tripoli', 'Asia/Kathmandu']
const TIMES = [['09:00'], ['00:30', '12:00'], ['06:00', '06:30', '18:00'], ['02:30', '03:00']]
const TOPICS = ['bridge', 'fish']

const command = (name: string, run: Command['run']): Command => ({ check: () => true, run, toString: () => name })

const subscribe = (topic: string | null, times: readonly string[], zone: string, channel: string) =>
  command(`subscribe ${topic} ${times} ${zone} ${channel}`, async (model, room) => {
    const subscription = await room.subscribe(topic, { times, days: [...weekdays], zone }, channel)
    model.subscribe(subscription, topic, room.clock.now())
  })

const unsubscribe = (choice: number) =>
  command(`unsubscribe ${choice}`, async (model, room) => {
    const numbers = [...model.kept.keys()]
    const number = numbers[choice % Math.max(1, numbers.length)]
    if (number === undefined) return
    await room.unsubscribe(number)
    model.unsubscribe(number, (key) => room.posted.has(key))
  })

const say = (topic: string) =>
  command(`say ${topic}`, async (model, room) => {
    for (const id of await room.say(topic)) model.say(id, topic)
  })

const tick = async (model: PromisesModel, room: SimulatedNewsroom) => {
  model.tick(room.clock.now())
  await room.tick()
}

const run = (minutes: number) =>
  command(`run ${minutes} min`, async (model, room) => {
    for (let done = 0; done < minutes; done += 15) {
      room.clock.advance({ minutes: Math.min(15, minutes - done) })
      await tick(model, room)
    }
  })

const crash = (minutes: number) =>
  command(`crash, back after ${minutes} min`, async (model, room) => {
    room.crash()
    room.clock.advance({ minutes })
    await tick(model, room)
  })

const moveClock = (minutes: number) =>
  command(`clock moves by ${minutes} min`, async (model, room) => {
    room.clock.advance({ minutes })
    await tick(model, room)
  })

const become = (weather: Weather) => command(`the platform ${weather}`, async (_, room) => room.become(weather))

const commands = fc.commands(
  [
    fc
      .tuple(
        fc.constantFrom(...TOPICS, null),
        fc.constantFrom(...TIMES),
        fc.constantFrom(...ZONES),
        fc.constantFrom('C1', 'C2'),
      )
      .map((given) => subscribe(...given)),
    fc.nat(9).map(unsubscribe),
    fc.constantFrom(...TOPICS).map(say),
    fc.constantFrom(...TOPICS).map(say),
    fc.integer({ min: 1, max: 600 }).map(run),
    fc.integer({ min: 1, max: 3_000 }).map(crash),
    fc.integer({ min: -400, max: 400 }).map(moveClock),
    fc.constantFrom<Weather>('fine', 'asks for patience', 'loses answers', 'loses messages').map(become),
  ],
  { maxCommands: 40, size: 'max' },
)

test('whatever happens, each promised slot is posted once, and each statement is in one digest of each subscription it matches', async () => {
  await fc.assert(
    fc.asyncProperty(commands, async (history) => {
      await using room = await simulatedNewsroom()
      const model = promisesModel()

      await fc.asyncModelRun(() => ({ model, real: room }), history)
      await comeToRest(model, room)

      const posted = [...room.posted.keys()].filter((key) => !model.mayBe.has(key)).sort()
      // What waited in the outbox until the one after it was due is told by that one.
      const waited = await room.takenOff()
      if (!history.toString().includes('asks for patience')) expect(waited.size).toBe(0)
      expect(posted).toEqual([...model.promised].filter((key) => !model.mayBe.has(key) && !waited.has(key)).sort())
      expect([...room.posted.values()].every((times) => times === 1)).toBe(true)
      expect([...(await room.states()).keys()].filter((state) => state !== 'sent' && state !== 'refused')).toEqual([])
      for (const { subscription, owed } of model.kept.values()) {
        const told = await room.told(subscription.id)
        expect(told.filter((id) => owed.has(id)).sort()).toEqual([...owed].sort())
        expect(new Set(told).size).toBe(told.length)
      }
    }),
    { numRuns: RUNS, seed: 20_261_125 },
  )
}, 120_000)

/** In CI; a night may have more of them. */
const RUNS = Number(process.env.PROMISES_RUNS ?? 25)

/** Two quiet days: everything that is owed leaves, and every subscription has another digest. */
async function comeToRest(model: PromisesModel, room: SimulatedNewsroom): Promise<void> {
  room.become('fine')
  for (let hours = 0; hours < 48; hours += 0.5) {
    room.clock.advance({ minutes: 30 })
    await tick(model, room)
  }
}
