// Publishes three packets with the npm client `mqtt`, each awaited, and prints the last acknowledgement.
import { readFileSync } from 'node:fs';
import mqtt from 'mqtt';

const [port, ca, hub, secret, topic, protocolVersion] = process.argv.slice(2);
const client = await mqtt.connectAsync(`mqtts://localhost:${port}`, {
  ca: readFileSync(ca), username: hub, password: secret, clientId: `node-${hub}`, protocolVersion: Number(protocolVersion),
});
for (let seq = 1; seq <= 3; seq++) {
  await client.publishAsync(topic, JSON.stringify({ seq, boot: 7, metrics: { tank_level_pct: 71.4 } }), { qos: 1 });
}
await client.endAsync();
console.log('ACKNOWLEDGED');
