// A broker as aedes' README has it: persistence in memory. PORT says where.
import { createServer } from 'node:net'
import { Aedes } from 'aedes'

const port = Number(process.env.PORT)
const aedes = await Aedes.createBroker()
createServer(aedes.handle).listen(port, '127.0.0.1', () => console.log(`READY ${port}`))
