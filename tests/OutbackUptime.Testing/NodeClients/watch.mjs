// Subscribes with the npm client `mqtt` and prints what comes, until it is ended.
import { readFileSync } from 'node:fs';
import mqtt from 'mqtt';

const [port, ca, user, secret, filter, protocolVersion] = process.argv.slice(2);
const client = await mqtt.connectAsync(`mqtts://localhost:${port}`, {
  ca: readFileSync(ca), username: user, password: secret, clientId: `node-${user}`, protocolVersion: Number(protocolVersion),
});
client.on('message', (topic, payload, packet) => console.log(`${topic} ${payload}${packet.retain ? ' retained' : ''}`));
await client.subscribeAsync(filter, { qos: 2 });
