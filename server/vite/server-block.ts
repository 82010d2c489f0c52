import type { Plugin } from 'vite'
import { serverBlocks } from '#server/nginx/server-block.ts'

/** Import this module for the server block that the set-up guide offers, with `{hostname}` and `{port}` to be filled in. */
const MODULE_ID = 'virtual:nginx-server-block'
const RESOLVED_ID = `\0${MODULE_ID}`

/** Gives the page the server block that `npm run nginx` prints too, so that there is one of it. */
export function nginxServerBlock(): Plugin {
  return {
    name: 'nginx-server-block',
    resolveId: (id) => (id === MODULE_ID ? RESOLVED_ID : undefined),
    load: (id) =>
      id === RESOLVED_ID ? `export const template = ${JSON.stringify(serverBlockTemplate())}` : undefined,
  }
}

/** For a GitLab that has a different name internally. */
export function serverBlockTemplate(): string {
  return serverBlocks({
    serverNames: ['{hostname}'],
    listen: ['{port}', '[::]:{port}'],
    tls: { certificate: '/etc/ssl/{hostname}/fullchain.pem', key: '/etc/ssl/{hostname}/privkey.pem' },
    gitlab: 'https://gitlab.internal',
    gitlabCertificates: '/etc/ssl/certs/ca-certificates.crt',
    path: '',
    logs: '/var/log/nginx',
    acme: '',
  })
}
