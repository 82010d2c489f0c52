/** Which layer may import which. docs/developers.md, "Import rules", shows it. */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

/** Tests and their helpers may import the mocks and every layer. */
const test = '\\.test\\.tsx?$|^src/testing/'

/** The folders of src/pages that its other folders, one for each screen, may import. */
const shared = 'failure|parts|context'

export default {
  forbidden: [
    forbid('no-cycles', 'Modules in a cycle can’t be read one after the other.', {}, { circular: true }),
    forbid(
      'src-knows-no-mock',
      'Nothing in src may know that it talks to a mock.',
      { path: '^src/', pathNot: test },
      { path: '^(mocks|server|e2e|src/testing)/' },
    ),
    forbid(
      'mocks-are-honest',
      'Mocks and servers must not share the page’s mistakes.',
      { path: '^(mocks|server|e2e)/' },
      { path: '^src/' },
    ),
    forbid(
      'mocks-stand-alone',
      'Mocks work without our servers.',
      { path: '^mocks/' },
      { path: '^(server|e2e)/' },
    ),
    forbid('server-knows-no-test', 'Only tests import tests.', { path: '^server/' }, { path: '^e2e/' }),
    ...['jira', 'oauth', 'gitlab'].map((folder) =>
      forbid(
        `${folder}-imports-no-other-layer`,
        'One folder per counterpart, independent of the others.',
        { path: `^src/${folder}/`, pathNot: test },
        { path: '^src/', pathNot: `^src/(${folder}|http)/` },
      ),
    ),
    forbid(
      'http-knows-nothing',
      'What requests to any counterpart share.',
      { path: '^src/http/', pathNot: test },
      { path: '.', pathNot: '^src/http/' },
    ),
    forbid(
      'texts-know-nothing',
      'Texts depend only on the types of the values they are given, and on what formats messages.',
      { path: '^src/texts/', pathNot: test },
      { path: '.', pathNot: '^src/texts/|(^|/)icu-minify/', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'account-stands-on-oauth-gitlab-and-http',
      'app → pages → account → oauth, gitlab, http.',
      { path: '^src/account/', pathNot: test },
      { path: '^src/', pathNot: '^src/(account|oauth|gitlab|http)/' },
    ),
    forbid(
      'deployment-stands-on-gitlab',
      'The deployment’s settings are about GitLab instances.',
      { path: '^src/deployment/', pathNot: test },
      { path: '^src/', pathNot: '^src/(deployment|gitlab|http)/' },
    ),
    forbid(
      'pages-import-layers-below',
      'Pages may import account, deployment, gitlab, jira, texts, and the errors of oauth.',
      { path: '^src/pages/', pathNot: test },
      {
        path: '^src/',
        pathNot: '^src/(pages|account|deployment|gitlab|jira|texts)/|^src/oauth/errors\\.ts$',
      },
    ),
    forbid(
      'screens-import-no-other-screen',
      'What screens share is in the shared folders of src/pages.',
      { path: '^src/pages/([^/]+)/', pathNot: test },
      { path: '^src/pages/[^/]+/', pathNot: `^src/pages/($1|${shared})/` },
    ),
    forbid(
      'failures-stand-on-parts-and-context',
      'screens → failure → parts, context.',
      { path: '^src/pages/(parts|context)/', pathNot: test },
      { path: '^src/pages/failure/' },
    ),
    forbid(
      'parts-of-the-page-import-nothing-above',
      'The modules at the top of src/pages put the screens together.',
      { path: '^src/pages/[^/]+/', pathNot: test },
      { path: '^src/pages/[^/]+$' },
    ),
    forbid(
      'app-imports-layers-below',
      'The wiring doesn’t sign in itself.',
      { path: '^src/app/', pathNot: test },
      {
        path: '^src/',
        pathNot: '^src/(app|pages|account|deployment|gitlab|jira|texts)/|^src/oauth/errors\\.ts$',
      },
    ),
    forbid(
      'callback-stays-small',
      'The callback page loads during a sign-in, so it loads only the code for its message and its language.',
      { path: '^src/callback\\.ts$' },
      {
        path: '.',
        pathNot:
          '^src/(oauth/callback-message|jira/likely-locales|texts/best-language)\\.ts$|^src/callback\\.css$',
      },
    ),
    forbid(
      'react-stays-above',
      'What talks to the counterparts works without React.',
      { path: '^src/(jira|oauth|gitlab)/', pathNot: `${test}|^src/gitlab/.*-queries\\.ts$` },
      { path: 'node_modules/(react|react-dom|@atlaskit|@tanstack)/' },
    ),
    forbid(
      'oauth-library-has-one-importer',
      'Only one module imports the OAuth library.',
      { path: '^src/', pathNot: '^src/oauth/token-requests\\.ts$' },
      { path: 'node_modules/oauth4webapi/' },
    ),
    forbid(
      'no-development-dependency-on-the-page',
      'What the page imports must be a dependency.',
      { path: '^src/', pathNot: `${test}|\\.d\\.ts$` },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'undetermined'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^virtual:' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.node.json' },
    enhancedResolveOptions: {
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs'],
    },
  },
}
