// A Sparkplug B edge node on the npm client `sparkplug-client` (Eclipse Tahu): births, data, a message that gets lost, and a
// birth again when it is asked for one. Then it waits to be killed, so that the broker has to send its last will.
import { readFileSync } from 'node:fs';
import sparkplug from 'sparkplug-client';

const [port, ca, node, secret, group] = process.argv.slice(2);
const client = sparkplug.newClient({
  serverUrl: `mqtts://localhost:${port}`, username: node, password: secret, groupId: group, edgeNode: node, clientId: `tahu-${node}`, version: 'spBv1.0', keepalive: 5,
  mqttOptions: { ca: readFileSync(ca) },
});
const time = 1795482123000;
const birth = (n) => {
  client.publishNodeBirth({ timestamp: time + n, metrics: [{ name: 'Node Control/Rebirth', type: 'Boolean', value: false }, { name: 'Battery/Voltage', type: 'Double', alias: 1, value: 12.61 }] });
  client.publishDeviceBirth('pump-1', { timestamp: time + n + 1, metrics: [{ name: 'current', type: 'Float', alias: 2, value: 4.5 }, { name: 'offset', type: 'Int32', alias: 3, value: -7 }] });
};
client.on('birth', () => {
  birth(0);
  client.publishNodeData({ timestamp: time + 2, metrics: [{ alias: 1, type: 'Double', value: 12.5 }] });
  client.publishDeviceData('pump-1', { timestamp: time + 3, metrics: [{ alias: 2, type: 'Float', value: 4.25 }, { alias: 3, type: 'Int32', value: -8 }] });
  console.log('BORN');
  client.seq++; // a message that never arrives
  client.publishNodeData({ timestamp: time + 5, metrics: [{ alias: 1, type: 'Double', value: 12.25 }] });
});
client.on('ncmd', (payload) => {
  console.log(`COMMAND ${payload.metrics[0].name}=${payload.metrics[0].value}`);
  birth(100);
  client.publishDeviceDeath('pump-1', { timestamp: time + 110, metrics: [] });
  console.log('REBORN');
});
client.on('error', (e) => console.log(`ERROR ${e.message}`));
setTimeout(() => process.exit(1), 60000);
