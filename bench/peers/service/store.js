// The store: an insert that returns when the rows are fsynced, however often it has to be tried.
import { setTimeout as sleep } from 'node:timers/promises'
import { createClient } from '@clickhouse/client'

export function openStore (url) {
  const client = createClient({
    url,
    database: 'peers',
    request_timeout: 10_000,
    keep_alive: { enabled: true },
    // async_insert=0: an answer means fsynced, not buffered.
    clickhouse_settings: { async_insert: 0, date_time_input_format: 'best_effort' }
  })
  return async function insert (rows) {
    for (let wait = 100; ; wait = Math.min(2 * wait, 2000)) {
      try {
        await client.insert({ table: 'packets', values: rows, format: 'JSONEachRow' })
        return
      } catch (error) {
        console.error(`insert of ${rows.length} rows failed, again in ${wait} ms: ${error.message}`)
        await sleep(wait)
      }
    }
  }
}
