// MQTT → ClickHouse: a persistent session at QoS 1, batches, the PUBACK after the insert.
import mqtt from 'mqtt'
import { Batcher } from './batcher.js'
import { holdAcks } from './acks.js'
import { rowOf } from './rows.js'
import { openStore } from './store.js'

const batcher = new Batcher(openStore(process.env.STORE_URL))
const client = mqtt.connect(process.env.MQTT_URL, {
  clientId: 'service',
  username: 'service',
  password: process.env.MQTT_PASSWORD,
  protocolVersion: 5,
  clean: false,
  properties: { sessionExpiryInterval: 7 * 86_400, receiveMaximum: 65_535 },
  resubscribe: false,
  reconnectPeriod: 500
})
const ackOf = holdAcks(client)

client.on('connect', async () => {
  try {
    // Again on every connect: a broker that lost the session would say nothing.
    await client.subscribeAsync('stations/+/hubs/+/packets', { qos: 1 })
    console.log('READY subscribed')
  } catch (error) {
    console.error(`subscribe: ${error.message}`)
  }
})
client.on('message', (topic, payload, packet) => {
  const ack = ackOf(packet.messageId)
  const row = rowOf(topic, payload)
  if (row) {
    batcher.add(row, ack)
  } else {
    console.error(`no packet: ${topic}`)
    ack()
  }
})
client.on('error', error => console.error(`mqtt: ${error.message}`))
