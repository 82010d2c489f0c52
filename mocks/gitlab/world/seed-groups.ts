export interface SeedGroup {
  name: string
  path: string
  description?: string
  /** Default: the parent's, and private for a top-level group. */
  visibility?: 'private' | 'internal' | 'public'
  /** GitLab shows avatars of groups that aren't public only to signed-in users, so they don't load inside Jira's frame. */
  hasAvatar?: boolean
  children?: readonly SeedGroup[]
}

type Details = Omit<SeedGroup, 'name' | 'path' | 'children'>

function group(
  path: string,
  name: string,
  details: Details = {},
  children: readonly SeedGroup[] = [],
): SeedGroup {
  return { path, name, ...details, children }
}

const isPublic = { visibility: 'public', hasAvatar: true } as const
const isPrivate = { visibility: 'private' } as const

/** Names that a careless page would display incorrectly. */
const NASTY_NAMES: readonly SeedGroup[] = [
  group('html', 'Quality <img src=x onerror=alert(1)>', {
    description: '<script>alert(2)</script> is text, not a script',
  }),
  group('entity', 'R&amp;D', { description: 'The name holds the five characters of an entity' }),
  group('arabic', 'فريق المدفوعات', { description: 'مجموعة من اليمين إلى اليسار' }),
  group('hebrew', 'צוות תשתיות (Infra)'),
  group('emoji', 'Launch crew 🚀👩🏽‍🚀🏳️‍🌈', { hasAvatar: true }),
  group('long', 'The group whose name nobody ever shortened, '.repeat(6).slice(0, 255)),
]

/** The self-managed instance of a company with a few hundred developers. */
export const COMPANY_GROUPS: readonly SeedGroup[] = [
  group('acme', 'Acme Corp', { description: 'Everything we build and run', ...isPublic }, [
    group('platform', 'Platform', { description: 'What all product teams stand on' }, [
      group(
        'developer-experience',
        'Developer Experience',
        { description: 'Pipelines, templates, dev containers', ...isPublic },
        [group('ci-templates', 'CI Templates'), group('docs', 'Documentation')],
      ),
      group(
        'infrastructure',
        'Infrastructure',
        { description: 'Clusters, networks and the bill for them', ...isPrivate },
        [
          group('kubernetes', 'Kubernetes', { hasAvatar: true }),
          group('networking', 'Networking'),
          group('terraform', 'Terraform Modules'),
        ],
      ),
      group('observability', 'Observability'),
      group('security', 'Security', { description: 'Reviews, scanners, incident response', ...isPrivate }, [
        group('identity', 'Identity and Access'),
        group('tooling', 'Security Tooling'),
      ]),
      group('backend', 'Backend', { description: 'Shared services' }),
    ]),
    group(
      'payments',
      'Payments',
      { description: 'Checkout, invoices and payouts', ...isPrivate, hasAvatar: true },
      [
        group('backend', 'Backend', { description: 'Ledger and settlement' }),
        group('checkout', 'Checkout', {}, [
          group('experiments', 'Experiments'),
          group('fraud', 'Fraud Prevention'),
        ]),
        group('invoicing', 'Invoicing'),
        group('payouts', 'Payouts'),
      ],
    ),
    group('web', 'Web', { description: 'The shop and the customer portal', ...isPublic }, [
      group('backend', 'Backend'),
      group('design-system', 'Design System', { description: 'Components and tokens', ...isPublic }),
      group('frontend', 'Frontend', {}, [
        group('accessibility', 'Accessibility'),
        group('performance', 'Performance'),
      ]),
      group('search', 'Search'),
    ]),
    group('mobile', 'Mobile', { description: 'iOS and Android apps', ...isPrivate }, [
      group('android', 'Android', { hasAvatar: true }),
      group('ios', 'iOS', { hasAvatar: true }),
      group('release', 'Release Engineering'),
      group('shared', 'Shared Libraries'),
    ]),
    group('data', 'Data', { description: 'Warehouse, reporting, machine learning', ...isPrivate }, [
      group('analytics', 'Analytics', {}, [group('dashboards', 'Dashboards')]),
      group('machine-learning', 'Machine Learning', {}, [
        group('forecasting', 'Forecasting'),
        group('recommendations', 'Recommendations', { description: 'What customers also bought' }),
      ]),
      group('pipelines', 'Pipelines'),
      group('warehouse', 'Warehouse'),
    ]),
    group('operations', 'Operations', isPrivate, [
      group('internal-it', 'Internal IT'),
      group('support', 'Customer Support', { description: 'Tools of the support desk' }),
    ]),
    group('marketing', 'Marketing', { visibility: 'internal' }, [
      group('brand', 'Brand'),
      group('website', 'Website', { description: 'www.acme.example' }),
    ]),
    group(
      'playground',
      'Playground',
      { description: 'Try things out; nothing here is important', ...isPrivate },
      NASTY_NAMES,
    ),
  ]),
  group('partners', 'Partners', { description: 'Projects shared with other companies' }, [
    group('integrations', 'Integrations'),
    group('globex', 'Globex'),
    group('initech', 'Initech'),
  ]),
  group('legal', 'Legal', { description: 'Only its members see this group' }),
]

/** The same company's groups on GitLab.com. */
export const SAAS_GROUPS: readonly SeedGroup[] = [
  group('acme-corp', 'Acme', { description: 'Acme Corp on GitLab.com', ...isPublic }, [
    group('open-source', 'Open Source', { description: 'What we give away', ...isPublic }, [
      group('cli', 'Command Line Tools'),
      group('sdk', 'SDKs', {}, [
        group('javascript', 'JavaScript'),
        group('python', 'Python'),
        group('ruby', 'Ruby'),
      ]),
      group('website', 'Website'),
    ]),
    group(
      'storefront',
      'Storefront',
      { description: 'Our shop for small businesses', ...isPrivate, hasAvatar: true },
      [
        group('api', 'API', {}, [group('gateway', 'Gateway'), group('contracts', 'Contracts')]),
        group('backend', 'Backend'),
        group('frontend', 'Frontend'),
        group('infrastructure', 'Infrastructure', {}, [
          group('staging', 'Staging'),
          group('production', 'Production'),
        ]),
      ],
    ),
    group('internal-tools', 'Internal Tools', isPrivate, [
      group('design-system', 'Design System', { description: 'Components and tokens' }),
      group('hiring', 'Hiring'),
      group('onboarding', 'Onboarding', { description: 'First weeks of new colleagues' }),
      group('reporting', 'Reporting', {}, [group('finance', 'Finance'), group('sales', 'Sales')]),
    ]),
    group('customer-projects', 'Customer Projects', isPrivate, [
      group('globex', 'Globex', {}, [group('backend', 'Backend'), group('migration', 'Migration')]),
      group('hooli', 'Hooli', {}, [group('backend', 'Backend')]),
      group('initech', 'Initech'),
      group('umbrella', 'Umbrella Logistics', { description: 'Warehouse scanners' }),
      group('vandelay', 'Vandelay Imports'),
    ]),
    group('research', 'Research', isPrivate, [
      group('forecasting', 'Forecasting'),
      group('speech', 'Speech', {}, [group('datasets', 'Datasets'), group('models', 'Models')]),
      group('vision', 'Vision', { hasAvatar: true }),
    ]),
    group('platform', 'Platform', { ...isPrivate, description: 'Build, deploy, observe' }, [
      group('ci', 'Continuous Integration'),
      group('deployment', 'Deployment'),
      group('monitoring', 'Monitoring'),
      group('security', 'Security'),
    ]),
    group('playground', 'Playground', isPrivate, NASTY_NAMES),
  ]),
  group('openmetrics', 'Open Metrics', { description: 'A community project', ...isPublic }, [
    group('exporters', 'Exporters'),
    group('specification', 'Specification'),
  ]),
  group('acme-archive', 'Acme Archive', { description: 'Only its members see this group' }),
]
