// Group commit: one insert at a time; what comes meanwhile goes into the next, which starts after LINGER_MS or when it is full.
const maxRows = Number(process.env.BATCH_ROWS ?? 10_000)
const lingerMs = Number(process.env.LINGER_MS ?? 150)

export class Batcher {
  #rows = []
  #acks = []
  #timer = null
  #busy = false

  constructor (insert) {
    this.#insert = insert
  }

  #insert

  // `ack` is called when the row is safe.
  add (row, ack) {
    this.#rows.push(row)
    this.#acks.push(ack)
    if (this.#busy) return
    if (this.#rows.length >= maxRows) this.#flush()
    else this.#timer ??= setTimeout(() => this.#flush(), lingerMs)
  }

  async #flush () {
    clearTimeout(this.#timer)
    this.#timer = null
    this.#busy = true
    const rows = this.#rows.splice(0, maxRows)
    const acks = this.#acks.splice(0, maxRows)
    await this.#insert(rows)
    for (const ack of acks) ack()
    this.#busy = false
    if (this.#rows.length >= maxRows) this.#flush()
    else if (this.#rows.length > 0) this.#timer = setTimeout(() => this.#flush(), lingerMs)
  }
}
