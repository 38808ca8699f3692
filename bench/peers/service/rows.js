// Topic and payload of a packet → a row of `packets`; null for what is none.
const topicOf = /^stations[/.]([^/.]+)[/.]hubs[/.]([^/.]+)[/.]packets$/

export function rowOf (topic, payload) {
  const match = topicOf.exec(topic)
  if (!match) return null
  try {
    const { boot, seq, ts, metrics } = JSON.parse(payload)
    if (!Number.isSafeInteger(seq) || !Number.isSafeInteger(boot) || metrics === null || typeof metrics !== 'object') return null
    return { station: match[1], hub: match[2], boot, seq, hub_time: ts, received_at: new Date().toISOString(), metrics }
  } catch {
    return null
  }
}
