// mqtt.js sends a PUBACK before it reads the next packet: with the ack after the insert that would be one row an insert. So the
// PUBACKs are taken out of its hands and sent later. An ack of an earlier connection is dropped: its packet id may mean another
// packet now, and the broker sends again what it has no ack of.
export function holdAcks (client) {
  const send = client._sendPacket.bind(client)
  let connection = 0
  client.on('connect', () => connection++)
  client._sendPacket = (packet, done, ...rest) => packet.cmd === 'puback' ? done?.() : send(packet, done, ...rest)
  return messageId => {
    const own = connection
    return () => {
      if (own === connection && client.connected) send({ cmd: 'puback', messageId, reasonCode: 0 })
    }
  }
}
