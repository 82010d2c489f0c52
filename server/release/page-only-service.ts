import { ROOT } from './apache.ts'

/**
 * The systemd unit that keeps the server for the page alone running, also after the machine starts again. Its user has no
 * rights, exists only while it runs, and sees a /tmp of its own, where nginx puts what it needs while it runs.
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html
 * @returns the text of the file
 */
export function pageOnlyService(): string {
  return `# GitLab for Jira: a server for the configuration page alone.

[Unit]
Description=Configuration page of GitLab for Jira
After=network.target

[Service]
ExecStart=/usr/sbin/nginx -c ${ROOT}/current/nginx/page-only.conf -g "daemon off;"
ExecReload=/bin/kill -HUP $MAINPID
KillMode=mixed
KillSignal=SIGQUIT
TimeoutStopSec=10
Restart=on-failure
RestartSec=5
DynamicUser=yes
PrivateDevices=yes
ProtectHome=yes
CapabilityBoundingSet=
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
SystemCallArchitectures=native

[Install]
WantedBy=multi-user.target
`
}
