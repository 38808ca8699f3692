// RabbitMQ → ClickHouse: a quorum queue bound to what the MQTT plugin publishes, prefetch, batches, the ack after the insert.
import { setTimeout as sleep } from 'node:timers/promises'
import amqp from 'amqplib'
import { Batcher } from './batcher.js'
import { rowOf } from './rows.js'
import { openStore } from './store.js'

const queue = 'packets'
const batcher = new Batcher(openStore(process.env.STORE_URL))

async function consume () {
  const connection = await amqp.connect(process.env.AMQP_URL, { noDelay: true })
  const closed = new Promise(resolve => connection.on('close', resolve))
  connection.on('error', error => console.error(`amqp: ${error.message}`))
  const channel = await connection.createChannel()
  // A channel that is gone has lost its deliveries too: the broker gives them out again.
  let open = true
  channel.on('close', () => { open = false })
  channel.on('error', error => console.error(`amqp channel: ${error.message}`))
  await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } })
  await channel.bindQueue(queue, 'amq.topic', 'stations.*.hubs.*.packets')
  await channel.prefetch(Number(process.env.PREFETCH ?? 20_000))
  await channel.consume(queue, message => {
    if (!message) return
    const ack = () => { if (open) channel.ack(message) }
    const row = rowOf(message.fields.routingKey, message.content)
    if (row) {
      batcher.add(row, ack)
    } else {
      console.error(`no packet: ${message.fields.routingKey}`)
      ack()
    }
  })
  console.log('READY consuming')
  await closed
}

for (;;) {
  try {
    await consume()
    console.error('the connection is gone')
  } catch (error) {
    console.error(`amqp: ${error.message}`)
  }
  await sleep(500)
}
