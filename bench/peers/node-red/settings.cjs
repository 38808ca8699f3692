// Headless: no editor, no HTTP at all. Ports and URLs come by the environment, which flows.json refers to.
module.exports = {
  uiPort: Number(process.env.UI_PORT),
  uiHost: '127.0.0.1',
  httpAdminRoot: false,
  httpNodeRoot: false,
  flowFile: process.env.FLOW_FILE,
  credentialSecret: false,
  logging: { console: { level: 'info', metrics: false, audit: false } }
}
