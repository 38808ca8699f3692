// Creates, fills and reads a table with the npm client `@clickhouse/client`; prints what it read.
import { createClient } from '@clickhouse/client';

const client = createClient({ url: process.argv[2], compression: { request: true, response: true } });
await client.command({ query: 'CREATE TABLE node_client (id UInt64, name String) ENGINE = MergeTree ORDER BY id' });
await client.insert({ table: 'node_client', format: 'JSONEachRow', values: [{ id: 1, name: "bore's \"01\"" }, { id: '18446744073709551615', name: 'trough\n07' }] });
const rows = await client.query({
  query: 'SELECT toString(id) AS text, name FROM node_client WHERE id >= {least:UInt64} ORDER BY id',
  query_params: { least: 1 },
  format: 'JSONEachRow',
});
console.log(`READ ${JSON.stringify(await rows.json())}`);
const failed = await client.query({ query: 'SELECT * FROM no_such_table' }).then(() => 'no error', (e) => e.code);
console.log(`ERROR ${failed}`);
await client.close();
